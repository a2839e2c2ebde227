import type { RowlockError } from '../../../src/client/index.ts'
import type { SeatInTheWay } from '../../../src/protocol/index.ts'
import type { Texts } from '../texts.ts'

const NAMED_MAX = 4

/** What a person reads when something was refused: which seats were in the way, and why. */
export function refusalText({ code, message, details }: RowlockError, texts: Texts): string {
  const opening = texts.refusals[code] ?? message
  const { seats = [] } = details
  if (seats.length === 0) return opening
  const named = seats.slice(0, NAMED_MAX).map((seat) => reasonOf(seat, texts))
  const more = seats.length > NAMED_MAX ? ` (+${seats.length - NAMED_MAX})` : ''
  return `${opening} ${named.join('; ')}${more}.`
}

function reasonOf({ seat, reason }: SeatInTheWay, texts: Texts): string {
  return `${seat} ${reason === 'orphan' ? '' : 'is '}${texts.reasons[reason]}`
}
