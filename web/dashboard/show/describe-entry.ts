import { shortId } from '../parts/short-id.ts'
import { count, dayAndTime, duration, plural, timeOfDay } from '../time/format.ts'
import { type LedgerEntry, reasonOf } from './ledger.ts'
import { type SeatsInWords, seatsInWords } from './seats-in-words.ts'

/** An entry of the journal in words. */
export interface EntryWords {
  /** Word for what was done: `Held`, `Booked`. */
  readonly verb: string
  /** Seats concerned, or what was changed. */
  readonly what: string
  /** Holder, reason, role. */
  readonly about: string
  /** The colour it goes by. */
  readonly look: 'held' | 'booked' | 'blocked' | 'available' | 'other'
}

const VERBS: Readonly<Record<string, readonly [string, EntryWords['look']]>> = {
  create: ['Created', 'other'],
  change: ['Changed', 'other'],
  add_seats: ['Added', 'other'],
  hold: ['Held', 'held'],
  extend: ['Extended', 'held'],
  release: ['Released', 'available'],
  expire: ['Ran out', 'available'],
  confirm: ['Confirmed', 'booked'],
  book: ['Booked', 'booked'],
  cancel: ['Cancelled', 'available'],
  swap: ['Swapped', 'booked'],
  transfer: ['Handed on', 'booked'],
  amend: ['Noted on', 'booked'],
  block: ['Blocked', 'blocked'],
  describe: ['Noted on', 'blocked'],
  unblock: ['Unblocked', 'available'],
}

/** Kinds that give seats back: what they have left is not what they are about. */
const GIVING_BACK = new Set(['release', 'expire', 'cancel', 'unblock'])

/** Says what an entry did. */
export function describeEntry(entry: LedgerEntry, list: SeatsInWords = seatsInWords): EntryWords {
  const [word, look] = VERBS[entry.kind] ?? [entry.kind, 'other' as const]
  const verb = entry.kind === 'expire' ? `${word} ${timeOfDay(Date.parse(entry.at))}` : word
  const { holder, reference } = entry
  const why = reasonOf(entry)
  const about = [
    holder === null ? null : shortId(holder),
    reference,
    why === null ? null : `“${why}”`,
  ].filter((one) => one !== null)
  return { verb, look, what: whatOf(entry, list), about: about.join(' · ') }
}

function whatOf(entry: LedgerEntry, list: SeatsInWords): string {
  const { kind, seats, freed, details } = entry
  if (kind === 'create') return 'the show'
  if (kind === 'change' && entry.id === null) return termsOf(details ?? {})
  if (kind === 'change') return changeOf(entry, list)
  if (kind === 'transfer' && freed.length > 0) return `${list(freed)} (${count(seats.length)} left)`
  if (kind === 'add_seats') return plural(Number(details?.count ?? 0), 'seat')
  if (kind === 'swap') return `${list(freed)} for ${list(entry.took)}`
  const named = GIVING_BACK.has(kind) ? freed : seats
  const left = GIVING_BACK.has(kind) && seats.length > 0 ? ` (${count(seats.length)} left)` : ''
  return `${list(named)}${left}`
}

/** `A3, A4, without A1`: what a hold took, and what it gave back. */
function changeOf({ seats, took, freed }: LedgerEntry, list: SeatsInWords): string {
  if (took.length === 0 && freed.length === 0) return `the notes on ${list(seats)}`
  if (freed.length === 0) return `${list(took)} more`
  return took.length === 0 ? `without ${list(freed)}` : `${list(took)} for ${list(freed)}`
}

const TERMS: Readonly<Record<string, string>> = {
  title: 'title',
  startsAt: 'start',
  salesFrom: 'start of sales',
  salesUntil: 'end of sales',
  holdSeconds: 'hold time',
  holdSecondsMax: 'longest hold',
  holdLifeSecondsMax: 'maximum life of a hold',
  maxSeatsPerHold: 'seats per hold',
  maxSeatsPerHolder: 'seats per holder',
  refuseOrphans: 'single seats',
  cancellable: 'cancelling',
  confirmBy: 'who confirms',
}

function termsOf(changes: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(changes).flatMap(([name, value]) => {
    if (name === 'cancelled') return [value === true ? 'show cancelled' : 'show reinstated']
    const term = TERMS[name]
    return term === undefined ? [] : [`${term} to ${termValue(name, value)}`]
  })
  return parts.length === 0 ? 'the terms' : parts.join(', ')
}

function termValue(name: string, value: unknown): string {
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (name === 'confirmBy') return value === 'seller' ? 'box office and partners' : 'the holder'
  if (typeof value === 'number') return /Seconds/.test(name) ? duration(value) : count(value)
  if (/^(?:startsAt|sales)/.test(name)) return dayAndTime(Date.parse(String(value)))
  return String(value)
}
