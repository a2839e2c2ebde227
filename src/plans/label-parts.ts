import { LIMITS, normalizeLabel, seatKey } from '../protocol/index.ts'

/** Where a seat is inside its plan, as far as its label tells. */
export interface LabelParts {
  row: string | null
  number: string
}

const ROW_THEN_NUMBER = /^(.*?)[\s\-–—./:]*(\d+[A-Za-z]?)$/u
const NUMBER_THEN_LETTER = /^(\d+)[\s-]*([A-Za-z])$/u

/** `B12` → row B, number 12; `12C` → row 12, number C; what cannot be split is all number. */
export function splitLabel(label: string): LabelParts {
  if (label.length > LIMITS.labelLengthMax) return { row: null, number: label }
  const seated = NUMBER_THEN_LETTER.exec(label) ?? ROW_THEN_NUMBER.exec(label)
  const number = seated?.[2]
  if (number === undefined) return { row: null, number: label }
  return { row: seated?.[1] || null, number }
}

/** `A`, `12` → `A12`. A dash keeps two digits apart: row 1 seat 11 is not row 11 seat 1. */
export function joinLabel(row: string | null, number: string): string {
  if (!row) return number
  return /\d$/u.test(row) && /^\d/u.test(number) ? `${row}-${number}` : `${row}${number}`
}

/**
 * A label as it is stored. What is far too long stays as it is, to be refused for its length:
 * normalizing may make text 18 times longer.
 */
export function cleanLabel(text: string): string {
  return isFarTooLong(text) ? text : normalizeLabel(text)
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

/** Rows and numbers as people order them: 2 before 10, Z before AA. */
export function compareParts(left: string, right: string): number {
  const [, leftText = '', leftDigits = '', leftRest = ''] = PARTS.exec(left) ?? []
  const [, rightText = '', rightDigits = '', rightRest = ''] = PARTS.exec(right) ?? []
  return (
    compareByLength(leftText, rightText) ||
    compareByLength(stripZeros(leftDigits), stripZeros(rightDigits)) ||
    compareByLength(leftRest, rightRest)
  )
}

const PARTS = /^(\D*)(\d*)(.*)$/su

function stripZeros(digits: string): string {
  return digits.replace(/^0+/u, '')
}

function compareByLength(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length
  return left < right ? -1 : Number(left > right)
}
