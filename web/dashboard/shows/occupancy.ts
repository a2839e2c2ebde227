import { type Signal, signal } from '@preact/signals'
import type { Counts } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'

/** Milliseconds between two questions for the counts of every show in sight. */
const EVERY_MS = 2_000
const AT_ONCE = 4

const known = new Map<string, Signal<Counts | null>>()
const watched = new Map<string, number>()
let timer: ReturnType<typeof setTimeout> | undefined
let isAsking = false

/** The counts of a show as they were last heard; null before that. */
export function countsOf(show: string): Signal<Counts | null> {
  let counts = known.get(show)
  if (counts === undefined) {
    counts = signal(null)
    known.set(show, counts)
  }
  return counts
}

/**
 * Keeps the counts of a show current until the answer is called. A list has many shows, and a
 * browser few connections: they are asked in turn, where streams would use up the connections.
 */
export function watchCounts(show: string): () => void {
  watched.set(show, (watched.get(show) ?? 0) + 1)
  askIn(0)
  return () => {
    const left = (watched.get(show) ?? 1) - 1
    if (left > 0) watched.set(show, left)
    else watched.delete(show)
  }
}

function askIn(ms: number): void {
  clearTimeout(timer)
  if (!isAsking) timer = setTimeout(askAll, ms)
}

async function askAll(): Promise<void> {
  isAsking = true
  const asked = [...watched.keys()]
  if (!document.hidden) await askEach([...asked])
  isAsking = false
  const isNew = [...watched.keys()].some((show) => !asked.includes(show))
  if (watched.size > 0) askIn(isNew ? 0 : EVERY_MS)
}

async function askEach(shows: string[]): Promise<void> {
  const ask = async () => {
    for (let show = shows.shift(); show !== undefined; show = shows.shift()) {
      const answer = await client.value.getAvailability(show).catch(() => null)
      if (answer !== null) countsOf(show).value = answer.counts
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, ask))
}
