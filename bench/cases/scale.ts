import type { Case, Figure } from '../case.ts'
import type { World } from '../world.ts'
import { measureCycles } from './api.ts'

const CONNECTIONS = 64
/** Seats of houses that are sold one after the other. */
const SIZES = [1_000, 80_000]
const ENTRIES_PER_STATEMENT = 250_000

let longShow: string | undefined

/** Case of what throughput does not depend on, or how far it does. */
export const scaleCase: Case = {
  letter: 'h',
  title: `API with ${CONNECTIONS} connections: sizes of shows, length of the journal`,
  async prepare(world) {
    ;[longShow] = await world.shows(1, 80_000)
    const entries = world.options.journalEntries
    const startedAt = performance.now()
    await lengthenJournal(world, longShow as string, entries)
    const seconds = (performance.now() - startedAt) / 1000
    console.log(`  a journal of ${entries} entries was made in ${seconds.toFixed(0)} s`)
  },
  async round(world) {
    return [...(await measureSizes(world)), ...(await measureJournals(world))]
  },
}

async function measureSizes(world: World): Promise<Figure[]> {
  const servers = await world.servers(1)
  const figures: Figure[] = []
  for (const seats of SIZES) {
    const shows = await world.shows(Math.ceil(240_000 / seats), seats)
    const label = `hot shows of ${seats} seats, one after the other`
    const about = { id: `h.size.${seats}`, label, spread: 'one', connections: CONNECTIONS } as const
    figures.push(...(await measureCycles(world, servers, { ...about, shows })))
  }
  return figures
}

async function measureJournals(world: World): Promise<Figure[]> {
  const servers = await world.servers(1)
  const next = await world.shows(3, 80_000)
  const about = { spread: 'one', connections: CONNECTIONS } as const
  const short = { ...about, id: 'h.journal.short', label: 'a show with a new journal' }
  // The long show is sold a part in each round; the supply begins with what is still free.
  const shows = [longShow as string]
  const long = { ...about, id: 'h.journal.long', label: 'a show with a long journal' }
  const figures = await measureCycles(world, servers, { ...short, shows: next })
  const figuresOfLong = await measureCycles(world, servers, { ...long, shows })
  await world.asOwner('select rowlock.reset_show($1, $2)', [
    await world.numberOf(longShow as string),
    'bench',
  ])
  return [...figures, ...figuresOfLong]
}

/** Holds that ran out long ago: history that nobody asks for any more. */
async function lengthenJournal(world: World, show: string, count: number): Promise<void> {
  const showId = await world.numberOf(show)
  for (let first = 2; first < count; first += ENTRIES_PER_STATEMENT) {
    await world.asOwner(
      `insert into rowlock.journal (
         show_id, version, at, kind, hold_id, step, seats, freed, until, actor, request_id,
         fingerprint
       )
       select $1, version, rowlock.clock() - interval '1 day', 'hold', gen_random_uuid(), 0,
         array[version % 80000, (version + 1) % 80000, (version + 2) % 80000], '{}',
         rowlock.clock() - interval '23 hours', 'bench', gen_random_uuid(), gen_random_uuid()
       from generate_series($2::int, $3::int) as version`,
      [showId, first, Math.min(first + ENTRIES_PER_STATEMENT, count + 1) - 1],
    )
  }
}
