import { LIMITS, seatKey } from '../../protocol/index.ts'
import { type ReadLabel, readLabel, unread } from './read-label.ts'

/** Place of a seat inside its plan, as far as its label tells. */
export interface LabelParts {
  /** Null when it cannot be read: then nobody sits beside this seat. */
  row: string | null
  number: string
}

/** More seats than this in the only row of a house, which no word calls a row, are none. */
const ONLY_ROW_MAX = 100

/**
 * Rows and numbers of the seats of one list, in any script. Two seats are said to be of one row
 * only if every way to read their labels says so; what is left to doubt has no row.
 *
 * Each label is read by itself first. Then the list decides what one label cannot say: whether
 * 12C is seat C of row 12 (of a list, the seat changes faster than the row), whether what is in
 * brackets is a remark or a part of the house (where a number is there twice), and which of two
 * numbers between unknown words is the seat's.
 */
export function readRows(labels: readonly string[]): LabelParts[] {
  const read = labels.map((label) => {
    return label.length > LIMITS.labelLengthMax ? unread(label) : readLabel(label)
  })
  settlePairs(read)
  doubtOrder(read)
  settleRemarks(read)
  doubtOnlyRow(read)
  return nameRows(read)
}

function groupsBy(read: readonly ReadLabel[], keyOf: (one: ReadLabel) => string | null) {
  const groups = new Map<string, ReadLabel[]>()
  for (const one of read) {
    const key = keyOf(one)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

/** Steps of a list in which only the one or only the other changes. */
function countSteps<T>(group: readonly T[], one: (of: T) => string, other: (of: T) => string) {
  let ones = 0
  let others = 0
  group.forEach((item, index) => {
    const before = group[index - 1]
    if (before === undefined) return
    const isOne = one(item) !== one(before)
    const isOther = other(item) !== other(before)
    if (isOne && !isOther) ones += 1
    if (isOther && !isOne) others += 1
  })
  return { ones, others }
}

/** A list in no order has no steps, or steps of both kinds by chance. */
function isEvident(group: readonly unknown[], steps: number, against: number): boolean {
  return steps > 2 * against && 2 * steps >= group.length - 1
}

function settlePairs(read: readonly ReadLabel[]): void {
  const plain = new Set(
    read
      .filter(({ pair, row }) => pair === null && row !== null)
      .map(({ row }) => seatKey(row ?? '')),
  )
  const bare = read.some(
    ({ pair, row, number }) => pair === null && row === null && /^\p{Nd}+$/u.test(number),
  )
  for (const [before, group] of groupsBy(read, ({ pair }) => pair && seatKey(pair.before))) {
    // Beside 12 there is 12a: a seat that was put in later.
    if (before === '' ? bare : plain.has(before)) continue
    if (group.length === 1 && before !== '') continue
    settlePair(group)
  }
}

function settlePair(group: readonly ReadLabel[]): void {
  const { ones, others } = countSteps(
    group,
    ({ pair }) => pair?.letter ?? '',
    ({ pair }) => pair?.digits ?? '',
  )
  const isLetterSeat = group.length === 1 || isEvident(group, ones, others)
  const isLetterRow = isEvident(group, others, ones)
  for (const one of group) {
    const { before, digits, letter } = one.pair as NonNullable<ReadLabel['pair']>
    const row = isLetterSeat ? digits : letter
    one.row = isLetterSeat || isLetterRow ? `${before} ${row}`.trim() : null
    if (one.row !== null) one.number = isLetterSeat ? letter : digits
    if (before !== '' && isLetterSeat)
      one.row = `${before}${/\p{Nd}$/u.test(before) ? '-' : ''}${row}`
  }
}

/**
 * Clears rows read from labels with two numbers if it is in doubt which is the seat's: the last
 * one, unless the list says otherwise. With words between them that we do not know, the list has to
 * say so: "Blip 4 Blop 3".
 */
function doubtOrder(read: readonly ReadLabel[]): void {
  const groups = groupsBy(read, ({ skeleton, row }) => (row === null ? null : skeleton))
  for (const [skeleton, group] of groups) {
    if (group.length === 1) continue
    const { ones, others } = countSteps(
      group,
      ({ row }) => row ?? '',
      ({ number }) => number,
    )
    const hasWords = /0.*\p{L}.*$/u.test(skeleton)
    const isDoubted = hasWords ? !isEvident(group, others, ones) : isEvident(group, ones, others)
    if (isDoubted) for (const one of group) one.row = null
  }
}

/** A remark is part of the row's name where it tells seats of one number apart, or may do so. */
function settleRemarks(read: readonly ReadLabel[]): void {
  if (read.every(({ remark }) => remark === '')) return
  const isOneForAll = new Set(read.map(({ remark }) => seatKey(remark))).size === 1
  for (const group of groupsBy(read, ({ row }) => row && seatKey(row)).values()) {
    const numbers = new Set(group.map(({ number }) => seatKey(number)))
    const isTwice = numbers.size < group.length
    const hasBare = group.some(({ remark }) => remark === '')
    for (const one of group) {
      const isPart = isTwice || !(one.isNeed || hasBare || isOneForAll)
      if (one.remark !== '' && isPart) one.row = `${one.row} ${one.remark}`
    }
  }
}

function doubtOnlyRow(read: readonly ReadLabel[]): void {
  const rows = groupsBy(read, ({ row }) => row && seatKey(row))
  const [only] = rows.values()
  if (rows.size !== 1 || only === undefined || only.length <= ONLY_ROW_MAX) return
  if (only.every(({ isNamed }) => isNamed)) return
  for (const one of only) one.row = null
}

/** Rows that differ in capitals only are one row, under the name that came first. */
function nameRows(read: readonly ReadLabel[]): LabelParts[] {
  const names = new Map<string, string>()
  return read.map(({ row, number }) => {
    if (row === null) return { row, number }
    const key = seatKey(row)
    const name = names.get(key) ?? row
    names.set(key, name)
    return { row: name, number }
  })
}
