import { watchUsage } from '../processes/usage.ts'
import { SELLER } from '../world.ts'
import type { Stage } from './stage.ts'

const SEATS = 20_000
const WRITERS = 64

/**
 * Measures the processor time of each process for an event that is told, while nobody buys: so it
 * says the same on a machine that has other things to do, too.
 */
export async function cost(stage: Stage, events: number): Promise<void> {
  const { world } = stage
  const server = await world.newServer()
  const operator = stage.operator(server)
  console.log(`\n${events} events of one show, told once more; processor time for each, in µs`)
  console.log('\n| webhooks | events/s | server | database | receivers |\n|--:|--:|--:|--:|--:|')
  for (const count of [1, 50]) {
    const each = Math.floor(events / count)
    const [show = ''] = await world.shows(1, SEATS)
    const labels = (await world.engine.getMap(show)).read().seats.labels
    const waiting = labels.slice(0, each - 1)
    const book = async () => {
      for (let seat = waiting.pop(); seat !== undefined; seat = waiting.pop()) {
        await world.engine.bookSeats(SELLER, show, { seats: [seat] })
      }
    }
    await Promise.all(Array.from({ length: WRITERS }, book))
    const urls = await stage.receivers('good', count)
    const webhooks = await Promise.all(
      urls.map((url) => operator.createWebhook({ url, shows: [show] })),
    )
    await stage.clear()
    const beganAt = performance.now()
    const { usage } = await watchUsage(stage.groups([server]), async () => {
      for (const { id } of webhooks) await operator.replayWebhook(id, { show, after: 0 })
      await stage.untilCount(count * each)
    })
    const seconds = (performance.now() - beganAt) / 1000
    const micros = (group: string) => {
      const cores = usage.find((one) => one.group === group)?.cores ?? 0
      return ((cores * seconds * 1e6) / (count * each)).toFixed(0)
    }
    const rate = ((count * each) / seconds).toFixed(0)
    const cells = [count, rate, micros('servers'), micros('database'), micros('receivers')]
    console.log(`| ${cells.join(' | ')} |`)
    await Promise.all(webhooks.map(({ id }) => operator.deleteWebhook(id)))
  }
  await server.child.stop()
}
