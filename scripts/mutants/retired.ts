import { foundBy, type Mutant, mutant } from './mutant.ts'

/** Mistakes in what is retired: it takes something new, or what is on sale stops. */
export const RETIRED: readonly Mutant[] = foundBy(
  ['model/retired'],
  [
    mutant('catalogue', 'no venue is retired', 'and venue.retired_at is not null\n', 'and false\n'),
    mutant(
      'catalogue',
      'every venue is retired',
      'and venue.retired_at is not null\n',
      'and true\n',
    ),
    mutant(
      'catalogue',
      'a retired venue takes plans',
      'if rowlock.is_retired(p_venue_id) then',
      'if false then',
    ),
    mutant(
      'catalogue',
      'a plan of a retired venue takes shows',
      'when rowlock.is_retired(p_plan.venue_id) then',
      'when false then',
    ),
    mutant(
      'catalogue',
      'a retired plan takes shows',
      'when p_plan.retired_at is not null then',
      'when false then',
    ),
    ...(['catalogue', 'catalogue_upkeep'] as const).map((file) =>
      mutant(
        file,
        'shows are on any plan',
        'v_refusal := rowlock.retired_refusal(v_plan);',
        'v_refusal := null;',
      ),
    ),
    mutant(
      'catalogue_upkeep',
      'what is retired is retired anew',
      'when true then coalesce(p_retired_at, p_now)',
      'when true then p_now',
    ),
    mutant(
      'catalogue_upkeep',
      'what is retired stays so',
      'when false then null',
      'when false then p_retired_at',
    ),
    mutant(
      'catalogue_upkeep',
      'what is retired is brought back by another name',
      'else p_retired_at\n',
      'else null\n',
    ),
    ...['venue', 'plan'].map((noun) =>
      mutant(
        'catalogue_upkeep',
        `no ${noun} is retired`,
        `retired_at = v_retired_at\n  where ${noun}.`,
        `retired_at = ${noun}.retired_at\n  where ${noun}.`,
      ),
    ),
  ],
)
