import { romanNumber } from './numerals.ts'
import { letterCount, type Token, tokensOf, trimSigns } from './tokens.ts'

/** Parts of one label by itself. */
export interface ReadLabel {
  row: string | null
  number: string
  /** Text behind, or in brackets: a remark about the seat, or a part of the house. */
  remark: string
  /** Remarks of known words (a wheelchair, a companion) are never parts of the house. */
  isNeed: boolean
  /** A word says that the row is a row. */
  isNamed: boolean
  /** A number and one letter: 12C may be seat C of row 12, seat 12 of row C, or seat 12c. */
  pair: { before: string; digits: string; letter: string } | null
  /** Text around its numbers, where not the last but the one before may be the seat's. */
  skeleton: string | null
}

const BRACKETS = /[([{<«『「【〔《〈（［][^)\]}>»』」】〕》〉）］]*[)\]}>»』」】〕》〉）］]/gu
/** Before a number they only say that it is one; in Chinese before any numeral. */
const NUMBER_SIGN = /(?<![\p{L}\p{M}])n\s?°\s*(?=\p{Nd})|[第제](?=[\p{Nd}\p{L}])/giu

/** Reads one label. What depends on the others is left open: see read-rows.ts. */
export function readLabel(label: string): ReadLabel {
  const { core, remark } = splitRemark(label.replace(NUMBER_SIGN, ' '))
  const tokens = tokensOf(core).filter(({ kind }) => kind !== 'number')
  const read = readWords(core, tokens) ?? readPlain(core, tokens)
  if (read === null) return unread(label)
  const all = [read.rest, remark].filter(Boolean).join(' ')
  const needs = tokensOf(all)
  return {
    ...read,
    remark: trimSigns(all),
    isNeed: needs.length > 0 && needs.every(({ kind }) => kind === 'need' || kind === 'seat'),
  }
}

/** A label that says nothing of a row. */
export function unread(label: string): ReadLabel {
  const nothing = { remark: '', isNeed: false, isNamed: false, pair: null, skeleton: null }
  return { row: null, number: label, ...nothing }
}

/** Brackets at the end are a remark, unless the seat's number is in them; others are signs. */
function splitRemark(label: string): { core: string; remark: string } {
  const remarks: string[] = []
  const core = label.replace(BRACKETS, (bracket, offset: number) => {
    const inside = ` ${bracket.slice(1, -1)} `
    const before = tokensOf(label.slice(0, offset))
    const isLast = tokensOf(label.slice(offset + bracket.length)).length === 0
    const isSeat = before.length < 2 && /^\s*\p{Nd}+\s*$/u.test(inside)
    if (!isLast || isSeat || before.length === 0) return inside
    remarks.push(inside.trim())
    return ''
  })
  return { core, remark: remarks.join(' ') }
}

type Reading = Omit<ReadLabel, 'remark' | 'isNeed'> & { rest: string }

interface Word {
  at: number
  token: Token
}

/** Labels with a word for the seat, or for the row, or both. */
function readWords(core: string, tokens: readonly Token[]): Reading | null {
  const words = tokens.map((token, at): Word => ({ token, at }))
  const rows = words.filter(({ token }) => token.kind === 'row')
  const seats = words.filter(({ token }) => token.kind === 'seat')
  // In "3行5列" the second word for a row is the one for a place in it.
  if (seats.length === 0 && rows.length > 1 && /[行행]$/u.test(rows.at(-2)?.token.text ?? '')) {
    seats.push(rows.pop() as Word)
  }
  const seat = seats.at(-1)
  const row = rows.at(-1)
  if (seat === undefined && row === undefined) return null
  if (seat === undefined) return readAfterRow(core, tokens, row as Word)
  if (row === undefined) return readSeatWord(core, tokens, seat)
  return readBothWords(core, tokens, row, seat)
}

/** "Row 3, seat 4", "3排4座", "3rd row, seat 4", "seat 4, row 3". */
function readBothWords(core: string, tokens: readonly Token[], row: Word, seat: Word) {
  const isFirst = row.at < seat.at
  const [first, second] = isFirst ? [row, seat] : [seat, row]
  const isBefore = second.at === tokens.length - 1
  const between = core.slice(first.token.end, second.token.start)
  const head = core.slice(0, first.token.start)
  const tail = core.slice(second.token.end)
  const isBetween = tokensOf(between).length > 0
  const firstText = isBefore || !isBetween ? head : between
  const secondText = isBefore ? between : tail
  const lead = isBefore || !isBetween ? '' : head
  const [rowText, seatText] = isFirst ? [firstText, secondText] : [secondText, firstText]
  const { number, rest } = seatNumber(seatText)
  const value = trimSigns(rowText)
  if (number === null || value === '') return null
  const name = [trimSigns(lead), value].filter(Boolean).join(' ')
  return { row: name, number, rest, isNamed: true, pair: null, skeleton: null }
}

/** "A seat 4", "Table 3 seat 4", "A-12番"; a number alone is of no row. */
function readSeatWord(core: string, tokens: readonly Token[], seat: Word): Reading | null {
  const before = core.slice(0, seat.token.start)
  const after = core.slice(seat.token.end)
  if (seat.at === tokens.length - 1 && tokens.length > 1) {
    return readPlain(before, tokens.slice(0, -1))
  }
  const { number, rest } = seatNumber(after)
  if (number === null) return null
  const row = isRowName(before) ? trimSigns(before) : null
  if (row !== null || rest === '') {
    return { row, number, rest, isNamed: row !== null, pair: null, skeleton: null }
  }
  // "Seat 12, A": what stands behind is the row, if it can be one.
  const behind = isRowName(rest) ? rest : null
  return { row: behind, number, rest: '', isNamed: false, pair: null, skeleton: null }
}

/** "Row 3-4", "3列4", "12 row A". */
function readAfterRow(core: string, tokens: readonly Token[], row: Word): Reading | null {
  const before = trimSigns(core.slice(0, row.token.start))
  const behind = core.slice(row.token.end)
  const values = tokens.slice(row.at + 1)
  const named = { isNamed: true, pair: null, skeleton: null }
  if (values.length === 1 && /\P{ASCII}/u.test(row.token.text) && isRowName(before)) {
    const { number, rest } = seatNumber(behind)
    return number === null ? null : { row: before, number, rest, ...named }
  }
  if (/^\p{Nd}+$/u.test(before) && values.length === 1 && values[0]?.kind === 'letters') {
    return { row: trimSigns(behind), number: before, rest: '', ...named }
  }
  const read = readPlain(behind, tokensOf(behind))
  if (read === null || read.row === null) return null
  return { ...read, row: [before, read.row].filter(Boolean).join(' '), isNamed: true }
}

/** The number that a text begins with, and what is behind it. */
function seatNumber(text: string): { number: string | null; rest: string } {
  const trimmed = text.replace(/^[^\p{L}\p{M}\p{N}]+/u, '')
  const digits = /^(\p{Nd}+(?:\s?\p{L}\p{M}*(?![\p{L}\p{M}\p{N}]))?)/u.exec(trimmed)
  const letters = /^[\p{L}\p{M}]+/u.exec(trimmed)?.[0] ?? ''
  const number = digits?.[1] ?? (letters !== '' && isShort(letters) ? letters : null)
  if (number === null) return { number, rest: '' }
  const rest = trimmed.slice(trimmed.indexOf(number) + number.length)
  return { number, rest: trimSigns(rest) }
}

/** Labels of letters, numbers and signs: the number at the end is the seat's. */
function readPlain(core: string, tokens: readonly Token[]): Reading | null {
  const last = tokens.at(-1)
  if (last === undefined) return null
  if (last.kind === 'digits') return endingInDigits(core, tokens, last)
  const before = tokens.at(-2)
  const gap = core.slice(before?.end ?? 0, last.start)
  const isRoman = romanNumber(last.text) !== null
  const isSingle = letterCount(last.text) === 1 && last.kind !== 'unit'
  if (before?.kind === 'digits' && (isSingle || isRoman)) return endingInPair(core, before, last)
  if (isRoman && gap !== '' && before !== undefined && isRowName(core.slice(0, before.end))) {
    const row = trimSigns(core.slice(0, before.end))
    const skeleton = skeletonOf(core, tokens, last)
    return { row, number: last.text, rest: '', isNamed: false, pair: null, skeleton }
  }
  // A word behind the number.
  if (tokens.length < 2) return null
  const read = readPlain(core.slice(0, last.start), tokens.slice(0, -1))
  if (read === null || (read.row === null && read.pair === null)) return null
  const rest = [read.rest, trimSigns(core.slice(last.start))].filter(Boolean).join(' ')
  return { ...read, rest }
}

function endingInDigits(core: string, tokens: readonly Token[], last: Token): Reading {
  const before = core.slice(0, last.start)
  const row = isRowName(before) ? trimSigns(before) : null
  const skeleton = skeletonOf(core, tokens, last)
  return { row, number: last.text, rest: '', isNamed: false, pair: null, skeleton }
}

function skeletonOf(core: string, tokens: readonly Token[], last: Token): string | null {
  const hasOther = tokens.slice(0, -1).some(({ kind }) => kind === 'digits')
  return hasOther ? core.slice(0, last.start).replace(/\p{Nd}+/gu, '0') : null
}

function endingInPair(core: string, digits: Token, letter: Token): Reading {
  const before = core.slice(0, digits.start)
  const number = core.slice(digits.start, letter.end)
  const pair = { before: trimSigns(before), digits: digits.text, letter: letter.text }
  const row = isRowName(before) ? pair.before : null
  return { row, number, rest: '', isNamed: false, pair, skeleton: null }
}

/**
 * True when a text can name a row: it has a number or a short run of letters. A long word is a part
 * of the house, in which nobody knows the rows; likewise the number of a block or a hall.
 */
export function isRowName(text: string): boolean {
  const tokens = tokensOf(text).filter(({ kind }) => kind !== 'number')
  return tokens.some(({ kind, text: piece }, index) => {
    const before = tokens[index - 1]?.kind
    const behind = tokens[index + 1]?.kind
    if (kind === 'digits' || kind === 'letters') {
      const isOfBlock = behind === 'section' && isGlued(tokens[index + 1]?.text)
      if (before === 'section' || isOfBlock) return false
      return kind === 'digits' || isShort(piece)
    }
    return false
  })
}

/** A, AA, AAAA, XVIII, 가, いろ: what rows are called. */
function isShort(letters: string): boolean {
  return letterCount(letters) <= 3 || romanNumber(letters) !== null || /^(.)\1*$/u.test(letters)
}

function isGlued(word = ''): boolean {
  return /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}ー]+$/u.test(word)
}
