/** What pgbench does, where it is not installed: slower, because node shares one core for it. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { PgbenchRun } from '../cases/pgbench.ts'
import { repeatFor } from '../load/repeat-for.ts'
import { answerParent } from './child.ts'

const APPLY = {
  name: 'apply',
  text: 'select outcome.code from rowlock.apply($1) as outcome',
}

async function run(settings: PgbenchRun): Promise<number> {
  const clients = Array.from(
    { length: settings.clients },
    () => new pg.Client({ ...settings.target, options: '-c role=rowlock_server' }),
  )
  await Promise.all(clients.map((client) => client.connect()))
  let group = 0
  try {
    const { count, seconds } = await repeatFor(settings, clients, async (client, tally) => {
      const show_id = anyShow(settings)
      const hold_id = randomUUID()
      const first = group * settings.seatsPerHold
      group += 1
      const seats = Array.from({ length: settings.seatsPerHold }, (_, n) => first + n)
      await apply(client, { show_id, hold_id, kind: 'hold', seats })
      await apply(client, { show_id, hold_id, kind: 'confirm' })
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

async function apply(client: pg.Client, command: object): Promise<void> {
  const ids = { request_id: randomUUID(), fingerprint: randomUUID() }
  const marks = { n: 0, remember: false, actor: 'bench', box_office: false }
  const values = [JSON.stringify([{ ...marks, ...ids, ...command }])]
  const { rows } = await client.query<{ code: string }>({ ...APPLY, values })
  if (rows[0]?.code !== 'done') throw new Error(`refused: ${rows[0]?.code}`)
}

answerParent((settings: PgbenchRun) => run(settings))
