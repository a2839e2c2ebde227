import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type pg from 'pg'
import type { Timed } from '../load/jobs.ts'

const run = promisify(execFile)

/** Function to call: that of `bench/minimal.sql`, or our kernel. */
export type Unbatched = 'minimal' | 'ours'

/** Hold and confirm, each a transaction of its own, on shows first to last. */
export interface PgbenchRun extends Timed {
  readonly target: pg.ClientConfig
  readonly kernel: Unbatched
  readonly clients: number
  readonly firstShow: number
  readonly lastShow: number
  readonly seatCount: number
  readonly seatsPerHold: number
}

/** The version that is installed, or null. */
export async function pgbenchVersion(): Promise<string | null> {
  try {
    return (await run('pgbench', ['--version'])).stdout.trim()
  } catch {
    return null
  }
}

/**
 * Every client has a range of seat numbers of its own, and takes each once in whatever show: so no
 * two cycles ever meet. Ids are made without any order. A command that was refused divides by
 * zero, which ends the client: nothing may be refused.
 */
function script(settings: PgbenchRun): string {
  const { seatCount, seatsPerHold, clients, kernel } = settings
  const turns = Math.floor(seatCount / seatsPerHold / clients)
  const seats = Array.from({ length: seatsPerHold }, (_, n) => `:seat::int + ${n}`)
  return `\\set turn :turn + 1
\\set show random(:first_show, :last_show)
\\set seat (:client_id * ${turns} + :turn) * ${seatsPerHold}
${kernel === 'ours' ? ours(seats) : minimal(seats)}`
}

function minimal(seats: readonly string[]): string {
  const call = (kind: string, hold: string, more: string) =>
    `bench.apply(:show, '${kind}', gen_random_uuid(), ${hold}${more})`
  return `select made.hold, 1 / ${call('hold', 'made.hold', `, array[${seats}]`)}::int as done
from (select gen_random_uuid() as hold offset 0) as made \\gset
select 1 / ${call('confirm', ':hold::uuid', '')}::int as done \\gset
`
}

function ours(seats: readonly string[]): string {
  const named = `, "seats": [${seats.map(() => '%s').join()}]`
  return `${call('hold', 'gen_random_uuid()', named, seats)}
${call('confirm', ':hold::text', '', [])}
`
}

function call(kind: string, hold: string, more: string, values: readonly string[]): string {
  const json = `[{"n": 0, "show_id": %s, "kind": "${kind}", "request_id": "%s", "fingerprint": "%s",
    "remember": false, "actor": "bench", "box_office": false, "hold_id": "%s"${more}}]`
  const asked = values.map((value) => `, ${value}`).join('')
  return `select answer ->> 'hold_id' as hold, 1 / (answer ->> 'code' = 'done')::int as done
from (select rowlock.apply_at(:show::bigint, format(
  '${json.replaceAll(/\n\s*/g, ' ')}',
  :show::bigint, gen_random_uuid(), gen_random_uuid(), ${hold}${asked}
)::json) -> 0 as answer offset 0) as told \\gset`
}

/** Cycles per second. What pgbench reports for the seconds of warming up is left out. */
export async function runPgbench(settings: PgbenchRun): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-pgbench-'))
  try {
    const file = join(directory, 'cycle.sql')
    await writeFile(file, script(settings))
    const { stdout, stderr } = await run('pgbench', argumentsOf(settings, file))
    if (!/failed transactions: 0 /.test(stdout)) throw new Error(`${stdout}${stderr}`)
    const rates = [...stderr.matchAll(/^progress: .*?, ([\d.]+) tps/gm)].map(([, tps]) =>
      Number(tps),
    )
    const counted = rates.slice(Math.ceil(settings.warmSeconds))
    return counted.reduce((sum, rate) => sum + rate, 0) / counted.length
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function argumentsOf(settings: PgbenchRun, file: string): string[] {
  const { target } = settings
  const defines = { turn: -1, first_show: settings.firstShow, last_show: settings.lastShow }
  return [
    ...['-n', '-M', 'prepared', '-f', file, '-P', '1'],
    ...['-T', String(Math.ceil(settings.warmSeconds + settings.seconds))],
    ...['-c', String(settings.clients), '-j', '2'],
    ...Object.entries(defines).flatMap(([name, value]) => ['-D', `${name}=${value}`]),
    ...['-h', String(target.host), '-p', String(target.port), '-U', String(target.user)],
    String(target.database),
  ]
}
