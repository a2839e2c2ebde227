import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type pg from 'pg'
import type { Timed } from '../load/jobs.ts'

const run = promisify(execFile)

/** Hold and confirm, each a transaction of its own, on shows first to last. */
export interface PgbenchRun extends Timed {
  readonly target: pg.ClientConfig
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

/** Ends the client where a command was refused: nothing may be, because its seats are its own. */
const DONE = `1 / (outcome.code = 'done')::int as done`

/**
 * Every client has a range of seat numbers of its own, and takes each once in whatever show: so no
 * two cycles ever meet. Ids are made as the engine makes them, without any order.
 */
function script({ seatCount, seatsPerHold, clients }: PgbenchRun): string {
  const turns = Math.floor(seatCount / seatsPerHold / clients)
  const seats = Array.from({ length: seatsPerHold }, (_, n) => `:seat::int + ${n}`)
  return `\\set turn :turn + 1
\\set show random(:first_show, :last_show)
\\set seat (:client_id * ${turns} + :turn) * ${seatsPerHold}
${call('hold', 'gen_random_uuid()', `, "seats": [${seats.map(() => '%s').join()}]`, seats)}
${call('confirm', ':hold::text', '', [])}
`
}

function call(kind: string, hold: string, more: string, values: readonly string[]): string {
  const json = `[{"n": 0, "show_id": %s, "kind": "${kind}", "request_id": "%s", "fingerprint": "%s",
    "remember": false, "actor": "bench", "box_office": false, "hold_id": "%s"${more}}]`
  const asked = values.map((value) => `, ${value}`).join('')
  return `select outcome.hold_id as hold, ${DONE}
from rowlock.apply(format(
  '${json.replaceAll(/\n\s*/g, ' ')}',
  :show::bigint, gen_random_uuid(), gen_random_uuid(), ${hold}${asked}
)::json) as outcome \\gset`
}

/** Cycles per second. What pgbench reports for the seconds of warming up is left out. */
export async function runPgbench(settings: PgbenchRun): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-pgbench-'))
  try {
    const file = join(directory, 'cycle.sql')
    await writeFile(file, script(settings))
    const { stdout, stderr } = await run('pgbench', argumentsOf(settings, file), {
      env: { ...process.env, PGOPTIONS: '-c role=rowlock_server' },
    })
    if (!/failed transactions: 0 /.test(stdout)) throw new Error(`${stdout}${stderr}`)
    const rates = [...stderr.matchAll(/^progress: .*?, ([\d.]+) tps/gm)].map(([, tps]) =>
      Number(tps),
    )
    const counted = rates.slice(settings.warmSeconds)
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
    ...['-T', String(settings.warmSeconds + settings.seconds)],
    ...['-c', String(settings.clients), '-j', '2'],
    ...Object.entries(defines).flatMap(([name, value]) => ['-D', `${name}=${value}`]),
    ...['-h', String(target.host), '-p', String(target.port), '-U', String(target.user)],
    String(target.database),
  ]
}
