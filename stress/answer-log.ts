import type { Booking, ErrorCode, Hold, Problem } from '../src/protocol/index.ts'

/** The commands that shoppers and the box office give. */
export type CommandName =
  | 'holdSeats'
  | 'extendHold'
  | 'releaseHold'
  | 'confirmHold'
  | 'bookSeats'
  | 'cancelBooking'
  | 'swapSeats'

/** An answer that somebody was given. Every one of them is a promise. */
export interface RecordedAnswer {
  /** Milliseconds since the sale opened. */
  readonly askedAt: number
  readonly answeredAt: number
  readonly server: number
  readonly status: number
  readonly replayed: boolean
  /** The hold or booking, when it was done. */
  readonly done: Hold | Booking | null
  /** Problem of a refusal; null for all other answers. */
  readonly refusal: Problem | null
}

/** One command under one key, with all that came of it. */
export interface RecordedCommand {
  /** In the order in which they were given first. */
  readonly number: number
  /** Number of the shopper who gave it; -1 for the box office. */
  readonly shopper: number
  readonly name: CommandName
  readonly key: string
  /** The hold or booking it speaks of; null when it is to make one. */
  readonly target: string | null
  readonly body: unknown
  /** The key belongs to another command already, so this one has to be refused. */
  readonly isMisuse: boolean
  readonly answers: RecordedAnswer[]
  /** Times it was sent without an answer, for any reason. */
  lostCount: number
}

/** Every command that was given, with every answer that anybody got. */
export type AnswerLog = readonly RecordedCommand[]

/** The last answer that said what became of the command, or null when that is not known. */
export function definiteAnswer(command: RecordedCommand): RecordedAnswer | null {
  const { answers } = command
  return answers.find(({ done }) => done !== null) ?? answers.findLast(isDefinite) ?? null
}

/** Tells whether an answer says what became of the command: done, or refused for good. */
export function isDefinite(answer: RecordedAnswer): boolean {
  return answer.status < 500
}

/** The code of a refusal. */
export function codeOf(answer: RecordedAnswer): ErrorCode | string | null {
  return answer.refusal?.code ?? null
}

/** Tells whether a booking was answered, not a hold. */
export function isBooking(done: Hold | Booking): done is Booking {
  return done.id.startsWith('book_')
}
