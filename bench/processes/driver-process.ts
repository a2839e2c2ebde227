/**
 * Stands in for pgbench, where it is not installed: slower, because node shares one core for it.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { PgbenchRun } from '../cases/pgbench.ts'
import { repeatFor } from '../load/repeat-for.ts'
import { answerParent } from './child.ts'

const OURS = {
  name: 'ours',
  text: `select rowlock.apply_at($1, $2::json) -> 0 ->> 'code' = 'done' as done`,
}
const MINIMAL = { name: 'minimal', text: 'select bench.apply($1, $2, $3, $4, $5) as done' }

interface Step {
  readonly show: number
  readonly hold: string
  readonly kind: 'hold' | 'confirm'
  readonly seats: readonly number[] | null
}

async function run(settings: PgbenchRun): Promise<number> {
  const clients = Array.from({ length: settings.clients }, () => new pg.Client(settings.target))
  await Promise.all(clients.map((client) => client.connect()))
  const apply = settings.kernel === 'ours' ? applyOurs : applyMinimal
  let group = 0
  try {
    const { count, seconds } = await repeatFor(settings, clients, async (client, tally) => {
      const first = group * settings.seatsPerHold
      group += 1
      const seats = Array.from({ length: settings.seatsPerHold }, (_, n) => first + n)
      const step = { show: anyShow(settings), hold: randomUUID() }
      await apply(client, { ...step, kind: 'hold', seats })
      await apply(client, { ...step, kind: 'confirm', seats: null })
      tally.count += 1
    })
    return count / seconds
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}

function anyShow({ firstShow, lastShow }: PgbenchRun): number {
  return firstShow + Math.floor(Math.random() * (lastShow - firstShow + 1))
}

async function applyOurs(client: pg.Client, { show, hold, kind, seats }: Step): Promise<void> {
  const ids = { request_id: randomUUID(), fingerprint: randomUUID(), show_id: show, hold_id: hold }
  const marks = { n: 0, remember: false, actor: 'bench', box_office: false }
  const command = { ...marks, ...ids, kind, ...(seats === null ? {} : { seats }) }
  await expectDone(client, { ...OURS, values: [show, JSON.stringify([command])] })
}

async function applyMinimal(client: pg.Client, step: Step): Promise<void> {
  const values = [step.show, step.kind, randomUUID(), step.hold, step.seats]
  await expectDone(client, { ...MINIMAL, values })
}

async function expectDone(client: pg.Client, query: pg.QueryConfig): Promise<void> {
  const { rows } = await client.query<{ done: boolean }>(query)
  if (rows[0]?.done !== true) throw new Error('refused')
}

answerParent((settings: PgbenchRun) => run(settings))
