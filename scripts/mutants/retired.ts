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
      'a retired venue takes shows',
      'if rowlock.is_retired(v_plan.venue_id) then',
      'if false then',
    ),
    mutant(
      'catalogue',
      'a retired plan takes shows',
      'if v_plan.retired_at is not null then',
      'if false then',
    ),
    mutant(
      'catalogue_upkeep',
      'shows of a retired venue are repeated',
      'if rowlock.is_retired(v_plan.venue_id) then',
      'if false then',
    ),
    mutant(
      'catalogue_upkeep',
      'shows on a retired plan are repeated',
      'if v_plan.retired_at is not null then',
      'if false then',
    ),
    ...['venue', 'plan'].flatMap((noun) => [
      mutant(
        'catalogue_upkeep',
        `a ${noun} is retired anew`,
        `when true then coalesce(${noun}.retired_at, v_now)`,
        'when true then v_now',
      ),
      mutant(
        'catalogue_upkeep',
        `a ${noun} is brought back by another name`,
        `else ${noun}.retired_at\n`,
        'else null\n',
      ),
      mutant(
        'catalogue_upkeep',
        `a ${noun} stays retired`,
        `coalesce(${noun}.retired_at, v_now)\n      when false then null`,
        `coalesce(${noun}.retired_at, v_now)\n      when false then ${noun}.retired_at`,
      ),
    ]),
  ],
)
