import { z } from 'zod'

/** Before a UTF-8 file: without it, spreadsheets read letters beyond ASCII as something else. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** Beginnings that a spreadsheet takes for a formula, blanks and widths of letters aside. */
const FORMULA = /^[\s\uFEFF]*[=+\-@＝＋－＠]/u
const NUMBER = /^-?\d+(?:\.\d+)?$/u
/** Text with a mark before it, and perhaps apostrophes of its own behind the mark. */
const MARKED = /^['’]+[\s\uFEFF]*[\p{Nd}=+\-@＝＋－＠]/u

/**
 * Within a cell, where a formula would begin if a spreadsheet parted cells by another sign than the
 * comma: by `;` in half of Europe. A quote that ends up within a cell protects nothing there.
 */
const INNER_FORMULA = /([;|\t\r\n])(?=['’\s\uFEFF]*[=+\-@＝＋－＠])/gu
const INNER_MARK = /([;|\t\r\n])['’](?=['’\s\uFEFF]*[=+\-@＝＋－＠])/gu

/** A cell without the `'` that stand before what is meant, as before what looks like a number. */
export function unmarkCell(cell: string): string {
  const text = MARKED.test(cell) ? cell.slice(1) : cell
  return text.replace(INNER_MARK, '$1')
}

/**
 * A cell of RFC 4180, as importers of ours read it. A spreadsheet would run what begins like a
 * formula; `'` before it says that it is text.
 */
export function writeCell(text: string): string {
  const isMarked = (FORMULA.test(text) && !NUMBER.test(text)) || MARKED.test(text)
  const inner = text.replace(INNER_FORMULA, "$1'")
  const cell = isMarked ? `'${inner}` : inner
  return /[",;|\t\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** Form of a list's items as CSV. Lines end as RFC 4180 has it. */
export interface CsvTable {
  readonly header: string
  line(item: Readonly<Record<string, unknown>>): string
}

/**
 * A column for each field of the schema, under its name and in its order. Lists within an item are
 * one cell if they are of texts; what says more of them (`items` of a booking) is left out.
 */
export function csvTable(item: z.ZodObject): CsvTable {
  const names = Object.entries(item.shape).flatMap(([name, field]) => {
    return field instanceof z.ZodArray && field.element instanceof z.ZodObject ? [] : [name]
  })
  return {
    header: lineOf(names),
    line: (value) => lineOf(names.map((name) => textOf(value[name]))),
  }
}

/** One line of cells. */
export function lineOf(cells: readonly string[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
