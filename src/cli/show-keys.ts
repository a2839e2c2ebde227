import type { Engine } from '../engine/index.ts'
import { LIMITS, type ListShowsQuery, type Show } from '../protocol/index.ts'

/** Every show, page by page, in the order in which they start. */
export async function* allShows(
  engine: Engine,
  venue?: string,
  archived: ListShowsQuery['archived'] = 'all',
): AsyncGenerator<Show> {
  let cursor: string | undefined
  do {
    const page = await engine.listShows({
      limit: LIMITS.pageLimitMax,
      archived,
      ...(cursor !== undefined && { cursor }),
      ...(venue !== undefined && { venue }),
    })
    yield* page.items
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

/** The keys that were named, each once and known, or else the keys of all shows. */
export async function chooseShows(engine: Engine, named: readonly string[]): Promise<string[]> {
  const keys: string[] = []
  if (named.length === 0) {
    for await (const { key } of allShows(engine)) keys.push(key)
    return keys
  }
  // Before anything is done: a slip in the last name must not leave half of it done.
  for (const name of new Set(named)) keys.push((await engine.getShow(name)).key)
  return keys
}
