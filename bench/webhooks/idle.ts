import { setTimeout as delay } from 'node:timers/promises'
import { watchUsage } from '../processes/usage.ts'
import type { World } from '../world.ts'
import type { Stage } from './stage.ts'

const SEATS = 10
/** Longer than a backend may keep its counts to itself: ten seconds. */
const SETTLE_MS = 12_000
const LOOKS_MAX = 600

/** Measures what it costs to look when nothing happens: with no webhook, and with one. */
export async function idle(stage: Stage, showCount: number, seconds: number): Promise<void> {
  const { world } = stage
  const server = await world.newServer()
  const operator = stage.operator(server)
  const [url = ''] = await stage.receivers('good', 1)
  await world.shows(showCount, SEATS)
  console.log(`\n${showCount} shows, nobody asks for anything, ${seconds} s each`)
  console.log(
    '\n| webhooks | transactions/s | server, cores | database, cores |\n|--:|--:|--:|--:|',
  )
  for (const count of [0, 1]) {
    if (count === 1) {
      await operator.createWebhook({ url })
      await untilNothingToDo(world)
    }
    await delay(SETTLE_MS)
    const before = await commits(world)
    const { usage } = await watchUsage(world.groups([server]), () => delay(seconds * 1000))
    const rate = ((await commits(world)) - before) / seconds
    const cores = (name: string) => usage.find(({ group }) => group === name)?.cores.toFixed(3)
    console.log(`| ${count} | ${rate.toFixed(1)} | ${cores('servers')} | ${cores('database')} |`)
  }
  await server.child.stop()
}

/** The first looks at a show find out that there is nothing to tell of it. */
async function untilNothingToDo({ engine }: World): Promise<void> {
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    if ((await engine.webhookLook({ withLags: false })).shows?.length === 0) return
    await delay(1_000)
  }
  throw new Error('there is still something to tell')
}

async function commits({ database }: World): Promise<number> {
  // Backends report what they have done about once a second.
  await delay(1_500)
  const text = 'select xact_commit from pg_stat_database where datname = current_database()'
  const [row] = await database.read<{ xact_commit: number }>(text)
  return Number(row?.xact_commit ?? 0)
}
