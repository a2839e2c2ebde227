/**
 * Looks of a seat, besides its category. The first four are the codes of a `ShowView`; the order is
 * also that in which the sprites stand.
 */
export const LOOKS = {
  available: 0,
  held: 1,
  booked: 2,
  blocked: 3,
  /** Picked here, not held yet. */
  picked: 4,
  /** Held by this map. */
  own: 5,
  /** Available, but not what is asked for just now. */
  faded: 6,
  accessible: 7,
} as const

/** Number of looks. */
export const LOOK_COUNT = 8

/** Facts that decide on looks, besides the statuses. */
export interface LookFacts {
  readonly picked: ReadonlySet<number>
  readonly own: ReadonlySet<number>
  /** Only seats of this category are asked for, if any. */
  readonly category: number | null
  /** Only accessible seats, and those for who comes along. */
  readonly onlyAccessible: boolean
  /** Only these seats, if any. */
  readonly highlighted: ReadonlySet<number> | null
}

/** The look of one seat. `code` is its status. */
export function lookOf(
  seatNo: number,
  code: number,
  category: number,
  flags: number,
  facts: LookFacts,
): number {
  if (facts.own.has(seatNo)) return LOOKS.own
  if (facts.picked.has(seatNo)) return LOOKS.picked
  if (code !== LOOKS.available) return code
  const isOther =
    (facts.category !== null && facts.category !== category) ||
    (facts.onlyAccessible && (flags & 3) === 0)
  const isAside = facts.highlighted !== null && !facts.highlighted.has(seatNo)
  if (isOther || isAside) return LOOKS.faded
  return flags & 1 ? LOOKS.accessible : LOOKS.available
}
