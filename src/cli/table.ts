import Table from 'cli-table3'
import type { Look, Terminal } from './terminal.ts'

/** A column of a table for people. */
export interface Column<Row> {
  readonly title: string
  readonly align?: 'left' | 'right'
  readonly text: (row: Row) => string
  /** Look of the text in this row. */
  readonly look?: (row: Row) => Look
  /** Gives way, by lines that wrap, when the terminal is narrow; the first such column first. */
  readonly gives?: boolean
}

const GAP = '  '
const NARROWEST = 8
const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'mid', 'right']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((place) => [place, '']),
)

/** Rows under titles, without lines between them, as wide as the terminal at most. */
export function renderTable<Row>(
  terminal: Terminal,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  const table = new Table({
    chars: { ...NO_LINES, middle: GAP },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    head: columns.map(({ title }) => terminal.style('dim', title)),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    colWidths: widths(columns, rows, terminal.columns),
    wordWrap: true,
    wrapOnWordBoundary: true,
  })
  for (const row of rows) {
    table.push(
      columns.map(({ text, look }) => {
        return look ? terminal.style(look(row), text(row)) : text(row)
      }),
    )
  }
  return trimLines(table.toString())
}

function widths<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  available: number,
): number[] {
  const natural = columns.map(({ title, text }) => {
    return rows.reduce((widest, row) => Math.max(widest, text(row).length), title.length)
  })
  const total = natural.reduce((sum, width) => sum + width, GAP.length * (columns.length - 1))
  let excess = Math.max(0, total - available)
  return natural.map((width, index) => {
    if (!columns[index]?.gives) return width
    const given = Math.min(excess, Math.max(0, width - NARROWEST))
    excess -= given
    return width - given
  })
}

function trimLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
