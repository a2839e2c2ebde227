import type { RowlockError } from '../../../src/client/index.ts'
import type { Texts } from '../texts.ts'

const NAMED_MAX = 6

/** Writes what a person reads when something was refused: which seats were in the way, and why. */
export function refusalText({ code, message, details }: RowlockError, texts: Texts): string {
  const opening = texts.refusals[code] ?? message
  const { seats = [] } = details
  if (seats.length === 0) return opening
  const byReason = new Map<string, string[]>()
  for (const { seat, reason } of seats) {
    const words = texts.reasons[reason]
    byReason.set(words, [...(byReason.get(words) ?? []), seat])
  }
  const groups = [...byReason].map(([words, labels]) => `${listOf(labels)} ${words}`)
  return `${opening} ${groups.join('; ')}.`
}

function listOf(labels: readonly string[]): string {
  const more = labels.length > NAMED_MAX ? ` (+${labels.length - NAMED_MAX})` : ''
  return `${labels.slice(0, NAMED_MAX).join(', ')}${more}`
}
