/** Parts of the model of a show: entries, answers, and what has to be done for them. */
import type { Command } from '../../src/engine/lanes/command.ts'

/** A journal entry; `until` is Infinity for bookings and blocks. */
export interface ModelEntry {
  readonly version: number
  readonly at: number
  readonly kind: string
  readonly holdId: string
  readonly seats: readonly number[]
  readonly freed: readonly number[]
  readonly until: number
  readonly bookedAt: number | null
  readonly holder: string | null
  readonly reference: string | null
  /** Reference of a block, whose `reference` is its reason. */
  readonly ownReference: string | null
  readonly notes: string | null
}

/** Answer to a command: an entry, or a refusal with what stood in the way. */
export interface ModelAnswer {
  readonly code: string
  readonly replayed: boolean
  readonly entry: ModelEntry | null
  readonly seatsInTheWay: readonly string[]
}

/** An answer, and what has to be done if it is given. */
export interface Decision {
  readonly answer: ModelAnswer
  readonly isRemembered: boolean
  /** Entry of the block that a booking comes out of: it comes first. */
  readonly before: ModelEntry | null
  /** Owner from now on, where that changes. */
  readonly owner?: string | null
}

/** Kinds whose entries tell what they gave back. */
export function isGivingBack(kind: string): boolean {
  return ['release', 'cancel', 'unblock', 'swap', 'change', 'transfer'].includes(kind)
}

/** Tells whether a chain with this last entry is a block. */
export function isBlock(entry: ModelEntry | undefined): boolean {
  return ['block', 'unblock', 'describe'].includes(entry?.kind ?? '')
}

/**
 * Puts in what a command says beside the seats; what it leaves out stays, and an empty text takes
 * away what there is.
 */
export function noted(
  entry: ModelEntry,
  { holder, reference, own_reference, metadata }: Command,
): ModelEntry {
  return {
    ...entry,
    holder: (holder ?? entry.holder) || null,
    reference: (reference ?? entry.reference) || null,
    ownReference: (own_reference ?? entry.ownReference) || null,
    notes: notesOf(metadata) ?? entry.notes,
  }
}

/** True when two entries say the same beside their seats. */
export function isNotedAlike(one: ModelEntry, other: ModelEntry): boolean {
  const parts = ({ holder, reference, ownReference, notes }: ModelEntry) =>
    JSON.stringify([holder, reference, ownReference, notes])
  return parts(one) === parts(other)
}

/** Notes as one text; null for none. */
export function notesOf(metadata: Command['metadata'] | null): string | null {
  return metadata ? JSON.stringify(metadata) : null
}

/** Finds whose a booking is after a transfer: an account's own goes with whom it is for. */
export function nextOwner(
  { box_office, owner, holder }: Command,
  former: string | null,
  formerHolder: string | null,
): string | null {
  const isForAccount = owner !== null && owner === holder
  const wasForAccount = former !== null && former === formerHolder
  return box_office && (isForAccount || wasForAccount) ? owner : former
}

/** A seat that is not there, as an obstacle. */
export function unknown(seat: number): string {
  return `${seat} unknown`
}

/** The answer that an entry is. */
export function answered(code: string, entry: ModelEntry): ModelAnswer {
  return { code, replayed: false, entry, seatsInTheWay: [] }
}

/** Repeats an answer that is asked for again. */
export function replay(answer: ModelAnswer): ModelAnswer {
  return { ...answer, replayed: true }
}

/** An answer that needs nothing else to be done. */
export function plain(answer: ModelAnswer): Decision {
  return { answer, isRemembered: false, before: null }
}

/** An entry to be made. */
export function done(entry: ModelEntry): Decision {
  return plain(answered('done', entry))
}

/** A refusal, and which seats were in the way. */
export function refused(code: string, seatsInTheWay: readonly string[] = []): Decision {
  return plain({ code, replayed: false, entry: null, seatsInTheWay })
}
