/**
 * Judges a history by the versions in its answers: they must order it as time did, and every read
 * must be what replaying the writes up to its version gives, over all seats at once. So it sees
 * what no look at a single seat can: a read that mixes two moments.
 */
import type { Operation } from './linearizable.ts'

interface Owner {
  readonly id: string
  readonly until: number
  readonly booked: boolean
}

/** What is wrong, in words; nothing when all is well. */
export function versionFaults(history: readonly Operation[], seatCount: number): string[] {
  return [...timeFaults(history), ...readFaults(history, seatCount)]
}

/** Whatever was answered before another was asked must not have a later version. */
function timeFaults(history: readonly Operation[]): string[] {
  const faults: string[] = []
  const versioned = history.filter(({ version }) => version !== null)
  const answers = versioned.toSorted((one, two) => one.answeredAt - two.answeredAt)
  let answered = 0
  let latest: Operation | null = null
  for (const later of versioned.toSorted((one, two) => one.invokedAt - two.invokedAt)) {
    for (; answered < answers.length; answered++) {
      const earlier = answers[answered] as Operation
      if (earlier.answeredAt >= later.invokedAt) break
      if (latest === null || versionOf(earlier) > versionOf(latest)) latest = earlier
    }
    if (latest === null) continue
    const isTooEarly =
      later.kind === 'read'
        ? versionOf(later) < versionOf(latest)
        : versionOf(later) <= versionOf(latest)
    if (isTooEarly) faults.push(`${nameOf(later)} came after ${nameOf(latest)} was answered`)
  }
  return faults
}

function readFaults(history: readonly Operation[], seatCount: number): string[] {
  const isWrite = ({ kind, outcome }: Operation) => kind !== 'read' && outcome === 'done'
  const byVersion = (one: Operation, two: Operation) => versionOf(one) - versionOf(two)
  const writes = history.filter((one) => isWrite(one) && one.version !== null).toSorted(byVersion)
  const owners = new Map<number, Owner>()
  const faults: string[] = []
  let next = 0
  const reads = history.filter(({ kind, version }) => kind === 'read' && version !== null)
  for (const read of reads.toSorted(byVersion)) {
    for (; next < writes.length; next++) {
      const write = writes[next] as Operation
      if (versionOf(write) > versionOf(read)) break
      apply(owners, write)
    }
    for (let seat = 0; seat < seatCount; seat++) {
      const expected = statusOf(owners.get(seat), read.asOf)
      const seen = read.seen.get(seat)?.status ?? 'available'
      if (seen !== expected) faults.push(`${nameOf(read)}: seat ${seat} ${seen}, not ${expected}`)
    }
  }
  return faults
}

function apply(owners: Map<number, Owner>, { kind, id, seats, until }: Operation): void {
  for (const seat of seats) {
    if (kind === 'hold') owners.set(seat, { id, until, booked: false })
    else if (kind === 'book' || kind === 'confirm') owners.set(seat, { id, until, booked: true })
    else if (owners.get(seat)?.id === id) owners.delete(seat)
  }
}

function statusOf(owner: Owner | undefined, asOf: number): string {
  if (!owner) return 'available'
  if (owner.booked) return 'booked'
  return owner.until > asOf ? 'held' : 'available'
}

function versionOf({ version }: Operation): number {
  return version ?? 0
}

function nameOf({ kind, id, version }: Operation): string {
  return `${kind} ${id} (version ${version})`
}
