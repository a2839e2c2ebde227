/**
 * Plays a whole history in one round trip, in a show of its own: thousands of histories a minute.
 * The clock is a setting of the session, so that several can play at once.
 */
import type pg from 'pg'
import type { Command } from '../../src/engine/lanes/command.ts'
import type { ShowReading } from '../../src/engine/pictures/picture.ts'
import type { Kernel, KernelOutcome, Violation } from '../support/kernel.ts'
import { BEGIN, type Change, type FirstTerms, type History, SEAT_COUNT } from './history.ts'
import type { ModelTerms } from './model-terms.ts'

/** Result of one step. */
export interface StepResult {
  readonly outcomes: readonly KernelOutcome[]
  /** The whole show, and only what changed in this step. */
  readonly full: ShowReading
  readonly changes: ShowReading
}

/** State that a history left behind. Entries and claims are without the show's number. */
export interface Played {
  readonly steps: readonly StepResult[]
  readonly violations: readonly Violation[]
  readonly journal: readonly unknown[]
  readonly claims: readonly unknown[]
}

/** The commands of a step as one batch, or each as a batch of its own. */
export type Path = 'together' | 'one by one'

const PLAY = `
  create or replace function rowlock.clock() returns timestamptz
  language sql volatile
  as $$
    select coalesce(
      nullif(current_setting('rowlock_test.now', true), '')::timestamptz,
      date_trunc('milliseconds', clock_timestamp())
    )
  $$;
  create schema if not exists rowlock_test;

  create or replace function rowlock_test.create_show(p_template bigint, p_terms jsonb)
  returns bigint
  language plpgsql
  as $$
  declare
    v_show_id bigint;
  begin
    insert into rowlock.shows (key, title, plan_id, starts_at, fingerprint, created_at)
    select gen_random_uuid()::text, title, plan_id, starts_at, fingerprint, created_at
    from rowlock.shows
    where show_id = p_template
    returning show_id into v_show_id;
    insert into rowlock.policies
    select (
      jsonb_populate_record(policy, p_terms || jsonb_build_object('show_id', v_show_id))
    ).*
    from rowlock.policies as policy
    where show_id = p_template;
    insert into rowlock.journal (show_id, version, at, kind, seats, freed, actor)
    values (v_show_id, 1, rowlock.clock(), 'create', '{}', '{}', 'model');
    return v_show_id;
  end
  $$;

  create or replace function rowlock_test.run(p_commands json, p_path text, p_prune boolean)
  returns json
  language plpgsql
  as $$
  declare
    v_show_id bigint := (p_commands -> 0 ->> 'show_id')::bigint;
    v_command json;
    v_outcomes json[] := '{}';
  begin
    if p_prune then
      perform rowlock.prune_show(v_show_id, '1 year');
    end if;
    if p_path = 'together' then
      return (select json_agg(to_json(outcome)) from rowlock.apply(p_commands) as outcome);
    end if;
    for v_command in select json_array_elements(p_commands) loop
      v_outcomes := v_outcomes || (
        select to_json(outcome) from rowlock.apply(json_build_array(v_command)) as outcome
      );
    end loop;
    return array_to_json(v_outcomes);
  end
  $$;

  create or replace function rowlock_test.play(
    p_template bigint, p_terms jsonb, p_steps jsonb, p_path text, p_prune boolean
  ) returns json
  language plpgsql
  as $$
  declare
    v_step jsonb;
    v_show_id bigint;
    v_version bigint := 0;
    v_commands json;
    v_outcomes json;
    v_full json;
    v_steps json[] := '{}';
  begin
    perform set_config('rowlock_test.now', p_steps #>> '{0,at}', true);
    v_show_id := rowlock_test.create_show(p_template, p_terms);
    for v_step in select jsonb_array_elements(p_steps) loop
      perform set_config('rowlock_test.now', v_step ->> 'at', true);
      if v_step -> 'change' <> 'null' then
        perform rowlock.change_show(
          gen_random_uuid(), gen_random_uuid(), 'model', v_show_id, v_step -> 'change'
        );
      end if;
      v_commands := (
        select json_agg(command || jsonb_build_object('show_id', v_show_id) order by ordinality)
        from jsonb_array_elements(v_step -> 'commands') with ordinality as command (command)
      );
      v_outcomes := rowlock_test.run(v_commands, p_path, p_prune);
      v_full := rowlock.read_show(v_show_id, null);
      v_steps := v_steps || json_build_object(
        'outcomes', v_outcomes,
        'full', v_full,
        'changes', rowlock.read_show(v_show_id, nullif(v_version, 0))
      );
      v_version := (v_full ->> 'version')::bigint;
    end loop;
    return json_build_object(
      'steps', array_to_json(v_steps),
      'violations', (
        select coalesce(json_agg(violation), '[]')
        from rowlock.violations(v_show_id) as violation
      ),
      'journal', (
        select json_agg(to_jsonb(entry) - 'show_id' order by version)
        from rowlock.journal as entry
        where show_id = v_show_id
          and (hold_id is not null or kind <> 'change')
      ),
      'claims', (
        select coalesce(json_agg(to_jsonb(claim) - 'show_id' order by seat_no), '[]')
        from rowlock.claims as claim
        where show_id = v_show_id
      )
    );
  end
  $$;`

/** Plays histories on one connection. */
export class Player {
  readonly #client: pg.Client
  readonly #template: number

  constructor(client: pg.Client, template: number) {
    this.#client = client
    this.#template = template
  }

  /** With `isPruned`, housekeeping runs before every step: nobody may see a difference. */
  async play(
    history: History,
    commands: readonly (readonly Command[])[],
    path: Path = 'together',
    isPruned = false,
  ): Promise<Played> {
    const clocks = clocksOf(history)
    const steps = history.steps.map(({ change }, index) => ({
      at: new Date(clocks[index] as number).toISOString(),
      change,
      commands: commands[index]?.map((command, n) => ({ n, ...command })),
    }))
    const { rows } = await this.#client.query<{ played: Played }>({
      name: 'play',
      text: 'select rowlock_test.play($1, $2, $3, $4, $5) as played',
      values: [
        this.#template,
        JSON.stringify(columnsOf(history.terms)),
        JSON.stringify(steps),
        path,
        isPruned,
      ],
    })
    const { played } = rows[0] as { played: Played }
    for (const { outcomes } of played.steps) (outcomes as KernelOutcome[]).sort((a, b) => a.n - b.n)
    return played
  }
}

/** Makes the kernel of a database one that plays, and a show to copy. */
export async function preparePlayers(kernel: Kernel): Promise<() => Promise<Player>> {
  await kernel.owner.query(PLAY)
  const template = await kernel.createShow(SEAT_COUNT)
  return async () => new Player((await kernel.session()).client, template)
}

/** The clock at each step, in milliseconds since 1970. */
export function clocksOf({ steps }: History): number[] {
  let clock = BEGIN
  return steps.map(({ jumpSeconds }) => {
    clock += jumpSeconds * 1000
    return clock
  })
}

const HOLD_SECONDS = 60
const HOLD_SECONDS_MAX = 90
const HOLD_LIFE_SECONDS_MAX = 150
const SEATS_PER_HOLD_MAX = 3

function columnsOf(terms: FirstTerms): Record<string, unknown> {
  const instant = (seconds: number | null) =>
    seconds === null ? null : new Date(BEGIN + seconds * 1000).toISOString()
  return {
    hold_seconds: HOLD_SECONDS,
    hold_seconds_max: HOLD_SECONDS_MAX,
    hold_life_seconds_max: HOLD_LIFE_SECONDS_MAX,
    seats_per_hold_max: SEATS_PER_HOLD_MAX,
    seats_per_holder_max: terms.seatsPerHolderMax,
    cancellable: terms.cancellable,
    confirm_by: terms.confirmBy,
    sales_from: instant(terms.salesFromSeconds),
    sales_until: instant(terms.salesUntilSeconds),
  }
}

/** Puts terms in the words of the model. */
export function modelTerms(terms: FirstTerms): ModelTerms {
  const instant = (seconds: number | null) => (seconds === null ? null : BEGIN + seconds * 1000)
  return {
    seatCount: SEAT_COUNT,
    salesFrom: instant(terms.salesFromSeconds),
    salesUntil: instant(terms.salesUntilSeconds),
    holdSeconds: HOLD_SECONDS,
    holdSecondsMax: HOLD_SECONDS_MAX,
    holdLifeSecondsMax: HOLD_LIFE_SECONDS_MAX,
    seatsPerHoldMax: SEATS_PER_HOLD_MAX,
    seatsPerHolderMax: terms.seatsPerHolderMax,
    cancellable: terms.cancellable,
    cancelled: false,
    confirmBy: terms.confirmBy,
  }
}

/** Tells what a change means to the model. */
export function changedTerms(change: Change): Partial<ModelTerms> {
  return {
    ...(change.cancelled === undefined ? {} : { cancelled: change.cancelled }),
    ...(change.cancellable === undefined ? {} : { cancellable: change.cancellable }),
    ...(change.confirmBy === undefined ? {} : { confirmBy: change.confirmBy }),
    ...(change.maxSeatsPerHolder === undefined
      ? {}
      : { seatsPerHolderMax: change.maxSeatsPerHolder }),
    ...(change.salesUntil === undefined
      ? {}
      : { salesUntil: change.salesUntil === null ? null : Date.parse(change.salesUntil) }),
  }
}
