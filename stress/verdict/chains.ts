import type { Booking, Hold } from '../../src/protocol/index.ts'
import { type AnswerLog, isBooking, isDefinite, type RecordedCommand } from '../answer-log.ts'

/** An answer that said "done", with the command that it answered. */
export interface Done {
  readonly command: RecordedCommand
  readonly at: number
  readonly status: number
  readonly replayed: boolean
  readonly value: Hold | Booking
}

/** A hold and the booking that it became: everything that was asked and answered about it. */
export interface Chain {
  /** Part that the ids of hold and booking have in common. */
  readonly id: string
  /** In the order in which they were answered. */
  readonly done: Done[]
  /** Somebody never learned what became of a command on it. */
  isInDoubt: boolean
}

/** Cuts out what the id of a hold and that of its booking have in common. */
export function chainIdOf(id: string): string {
  return id.slice(id.indexOf('_') + 1)
}

/** The chains of a log, by their ids. */
export function chainsOf(log: AnswerLog): Map<string, Chain> {
  const chains = new Map<string, Chain>()
  const chainOf = (publicId: string) => {
    const id = chainIdOf(publicId)
    const chain = chains.get(id) ?? { id, done: [], isInDoubt: false }
    chains.set(id, chain)
    return chain
  }
  for (const command of log) {
    for (const { done: value, answeredAt: at, status, replayed } of command.answers) {
      if (value) chainOf(value.id).done.push({ command, at, status, replayed, value })
    }
    if (command.target !== null && isInDoubt(command)) chainOf(command.target).isInDoubt = true
  }
  for (const chain of chains.values()) chain.done.sort((one, two) => one.at - two.at)
  return chains
}

/**
 * Tells whether nobody knows what became of a command. One that was refused after an answer was
 * lost may still be done by the request that was lost, unless it could become a sale: those stay
 * refused.
 */
export function isInDoubt(command: RecordedCommand): boolean {
  const { answers, lostCount } = command
  if (lostCount === 0 || answers.some(({ done }) => done !== null)) return false
  return !(staysRefused(command) && answers.some(isDefinite))
}

function staysRefused({ name, body }: RecordedCommand): boolean {
  if (name === 'bookSeats' || name === 'swapSeats') return true
  return name === 'confirmHold' && (body as { reacquire?: boolean }).reacquire === true
}

/** The answer that tells most: that of the highest version. */
export function latest(done: readonly Done[]): Done | undefined {
  return done.reduce<Done | undefined>(
    (best, one) => (best === undefined || one.value.version > best.value.version ? one : best),
    undefined,
  )
}

/**
 * The commands that changed something, as their answers tell: they made it, or moved its version
 * beyond all that had been answered. Asked again they must give the same answer; one that found
 * nothing left to do tells how things are now.
 */
export function effectsOf(chains: Iterable<Chain>): Set<RecordedCommand> {
  const effects = new Set<RecordedCommand>()
  for (const { done } of chains) {
    let version = 0
    for (const { command, status, value } of done) {
      if (status === 201 || value.version > version) effects.add(command)
      version = Math.max(version, value.version)
    }
  }
  return effects
}

/** Tells whether two lists name the same seats. */
export function sameSeats(one: readonly string[], two: readonly string[]): boolean {
  return one.length === two.length && one.toSorted().join() === two.toSorted().join()
}

/** For a message. */
export function seatList(seats: readonly string[]): string {
  return seats.length === 0 ? 'no seats' : seats.join(', ')
}

/** Names a booking in a message, and who made it. */
export function nameOf({ command, value }: Done): string {
  const what = isBooking(value) ? 'booking' : 'hold'
  const who = command.shopper < 0 ? 'the box office' : `shopper ${command.shopper}`
  return `${what} ${value.id} of ${who} (key ${command.key})`
}
