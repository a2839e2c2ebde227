import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from '../../rig/index.ts'
import type { Booking, Hold, Problem } from '../../src/protocol/index.ts'
import {
  type CommandName,
  isDefinite,
  type RecordedAnswer,
  type RecordedCommand,
} from '../answer-log.ts'
import { type Call, LostAnswer, type Reply } from '../api.ts'
import type { Sale } from '../sale.ts'

/** Giver of a command, and how their requests fare on the way. */
export interface Giver {
  /** -1 for the box office, which has the operator key. */
  readonly shopper: number
  /** The server that they reach first. */
  readonly home: number
  readonly random: Random
  readonly lossShare: number
  readonly givesUp: boolean
  readonly doubleClicks: boolean
}

/** Order of what is to be done. */
export interface Order {
  readonly name: CommandName
  /** The hold or booking it is about; null for a new one. */
  readonly target: string | null
  readonly body: unknown
  /** A key that was used before, for something else. */
  readonly misusedKey?: string
}

const PATHS: Readonly<Record<CommandName, (target: string | null) => string>> = {
  holdSeats: () => 'holds',
  extendHold: (hold) => `holds/${hold}/extend`,
  releaseHold: (hold) => `holds/${hold}/release`,
  confirmHold: (hold) => `holds/${hold}/confirm`,
  bookSeats: () => 'bookings',
  cancelBooking: (booking) => `bookings/${booking}/cancel`,
  swapSeats: (booking) => `bookings/${booking}/swap`,
}

const PAUSE_MS_MIN = 50
const PAUSE_MS_MAX = 500
const RETRY_AFTER_MS_MAX = 2_000
/** An answer that is to be lost is lost at once, or while it is on its way. */
const HANG_UP_MS_MAX = 12

/**
 * Gives a command and asks again, under the same key and perhaps elsewhere, until there is an
 * answer that says what became of it. Null when there is none: they gave up, or the sale is long
 * over. Every answer goes into the log.
 */
export async function carryOut(
  sale: Sale,
  giver: Giver,
  order: Order,
): Promise<RecordedAnswer | null> {
  const command = record(sale, giver, order)
  let server = giver.home
  for (let attempt = 0; ; attempt++) {
    const isLost = attempt < 3 && giver.random.chance(giver.lossShare)
    const hangUp = isLost ? giver.random.whole(0, HANG_UP_MS_MAX) : null
    const twin =
      attempt === 0 && giver.doubleClicks ? ask(sale, command, sale.api.after(server), null) : null
    const answers = await Promise.all([ask(sale, command, server, hangUp), twin])
    const definite = answers.find((answer) => answer?.done) ?? answers.find(isFinal)
    if (definite) return definite
    if ((isLost && giver.givesUp) || sale.isDrained) return null
    const wanted = Math.max(0, ...answers.map((answer) => answer?.retryAfterMs ?? 0))
    await delay(Math.min(wanted, RETRY_AFTER_MS_MAX) + pauseMs(giver.random, attempt))
    if (answers.every((answer) => answer === null) || giver.random.chance(0.5)) {
      server = sale.api.after(server)
    }
  }
}

/** Sends a command that was answered once more, under its key, and keeps the answer in its log. */
export async function askAgain(sale: Sale, command: RecordedCommand, server: number) {
  return ask(sale, command, server, null)
}

type Asked = RecordedAnswer & { readonly retryAfterMs: number }

function isFinal(answer: Asked | null): boolean {
  return answer !== null && isDefinite(answer)
}

function pauseMs(random: Random, attempt: number): number {
  const most = Math.min(PAUSE_MS_MAX, PAUSE_MS_MIN * 2 ** attempt)
  return random.whole(most / 2, most)
}

function record(sale: Sale, giver: Giver, order: Order): RecordedCommand {
  const number = sale.commands.length
  const command: RecordedCommand = {
    number,
    shopper: giver.shopper,
    name: order.name,
    key: order.misusedKey ?? `stress-${sale.run}-${giver.shopper}-${number}`,
    target: order.target,
    body: order.body,
    isMisuse: order.misusedKey !== undefined,
    answers: [],
    lostCount: 0,
  }
  sale.commands.push(command)
  return command
}

/** Null when the answer was lost. */
async function ask(
  sale: Sale,
  command: RecordedCommand,
  server: number,
  hangUp: number | null,
): Promise<Asked | null> {
  const askedAt = sale.clock
  try {
    const reply = await sale.api.send(server, callOf(sale, command), hangUp)
    const answer = toAnswer(reply, askedAt, sale.clock)
    command.answers.push(answer)
    if (answer.refusal?.code === 'outcome_unknown') command.lostCount += 1
    if (answer.done) sale.version = Math.max(sale.version, answer.done.version)
    return { ...answer, retryAfterMs: reply.retryAfterMs }
  } catch (error) {
    if (!(error instanceof LostAnswer)) throw error
    command.lostCount += 1
    return null
  }
}

function callOf(sale: Sale, { name, target, body, key, shopper }: RecordedCommand): Call {
  const path = `/v1/shows/${sale.show.key}/${PATHS[name](target)}`
  return { operation: name, method: 'POST', path, body, key, asOperator: shopper < 0 }
}

function toAnswer(reply: Reply, askedAt: number, answeredAt: number): RecordedAnswer {
  const { server, status, replayed, body } = reply
  const isDone = status === 200 || status === 201
  return {
    askedAt,
    answeredAt,
    server,
    status,
    replayed,
    done: isDone ? (body as unknown as Hold | Booking) : null,
    refusal: isDone ? null : (body as unknown as Problem),
  }
}
