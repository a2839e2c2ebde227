import type { SeatStatus } from '../../../src/protocol/index.ts'
import type { SeatOfMap } from '../../seat-map/index.ts'
import type { Chain, Ledger } from './ledger.ts'

/** Picked seats that are the same, and belong to the same hold, booking or block. */
export interface PickedGroup {
  readonly key: string
  readonly status: SeatStatus
  readonly seats: readonly SeatOfMap[]
  /** Null for seats that are free, and where the journal is not known (yet). */
  readonly chain: Chain | null
}

/** Kinds of chains whose seats have each status. */
const KINDS: Readonly<Record<SeatStatus, Chain['kind'] | null>> = {
  available: null,
  held: 'hold',
  booked: 'booking',
  blocked: 'block',
}

/** Free seats first, then every chain in the order in which its first seat was picked. */
export function groupPicked(seats: readonly SeatOfMap[], ledger: Ledger | null): PickedGroup[] {
  const groups = new Map<string, PickedGroup & { seats: SeatOfMap[] }>()
  for (const seat of seats) {
    const owner = ledger?.ownerOf(seat.label) ?? null
    // The journal may be a moment behind the map, or ahead of it.
    const chain = owner !== null && owner.kind === KINDS[seat.status] ? owner : null
    const key = `${seat.status} ${chain?.number ?? ''}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { key, status: seat.status, seats: [seat], chain })
    else group.seats.push(seat)
  }
  const isFree = ({ status }: PickedGroup) => Number(status !== 'available')
  return [...groups.values()].sort((a, b) => isFree(a) - isFree(b))
}
