import { LIMITS, normalizeLabel, seatKey } from '../protocol/index.ts'
import { toPlainDigits, wholeNumber } from './rows/numerals.ts'

/** `A`, `12` → `A12`. A dash keeps two digits apart: row 1 seat 11 is not row 11 seat 1. */
export function joinLabel(row: string | null, number: string): string {
  if (!row) return number
  return /\p{Nd}$/u.test(row) && /^\p{Nd}/u.test(number) ? `${row}-${number}` : `${row}${number}`
}

/**
 * A label as it is stored. What is far too long stays as it is, to be refused for its length:
 * normalizing may make text 18 times longer.
 */
export function cleanLabel(text: string): string {
  return isFarTooLong(text) ? text : normalizeLabel(text)
}

/** A name of a row, a section or a category, likewise; one of which nothing would be left stays. */
export function cleanName(text: string): string {
  return cleanLabel(text) || text
}

/** The key of a label or a row's name, by which it is compared; likewise. */
export function cleanKey(text: string): string {
  return isFarTooLong(text) ? text : seatKey(text)
}

function isFarTooLong(text: string): boolean {
  return text.length > 10 * LIMITS.labelLengthMax
}

/** A seat whose label is made from where it is. */
export interface UnqualifiedLabel {
  label: string
  /** The section's name, or null. */
  section: string | null
}

/** The labels, with the section's name in front where two seats would have the same. */
export function qualifyLabels(seats: readonly UnqualifiedLabel[]): string[] {
  const counts = new Map<string, number>()
  const keys = seats.map((seat) => cleanKey(seat.label))
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return seats.map(({ label, section }, index) => {
    const isShared = (counts.get(keys[index] as string) ?? 0) > 1
    return cleanLabel(isShared && section ? `${section} ${label}` : label)
  })
}

/** Rows and numbers as people order them, in any script: 2 before 10, Z before AA, ٢ before ٣. */
export function compareParts(left: string, right: string): number {
  const [, leftText = '', leftDigits = '', leftRest = ''] = splitAtDigits(left)
  const [, rightText = '', rightDigits = '', rightRest = ''] = splitAtDigits(right)
  return (
    compareByLength(leftText, rightText) ||
    compareByLength(stripZeros(leftDigits), stripZeros(rightDigits)) ||
    compareByLength(leftRest, rightRest)
  )
}

const PARTS = /^(\D*)(\d*)(.*)$/su

function splitAtDigits(text: string): readonly string[] {
  const number = wholeNumber(text)
  return PARTS.exec(number === null ? toPlainDigits(text) : String(number)) ?? []
}

function stripZeros(digits: string): string {
  return digits.replace(/^0+/u, '')
}

function compareByLength(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length
  return left < right ? -1 : Number(left > right)
}
