/** The colours of bars; those of the product. */
export type Tone = 'limit' | 'wine' | 'rose' | 'green' | 'amber'

/** A bar as long as a median, with a thin line from the slowest round to the fastest. */
export interface Bar {
  readonly tone: Tone
  readonly median: number
  readonly low: number
  readonly high: number
  /** Written behind it. */
  readonly text: string
  /** Words that make the figure telling, such as how often it is the limit. */
  readonly emphasis?: string
}

/** Bars that share a name. */
export interface Row {
  readonly name: string
  readonly bars: readonly Bar[]
}

/** A value that bars are to be compared with. */
export interface Mark {
  readonly at: number
  readonly text: string
}

/** Rows with a common axis. */
export interface Panel {
  readonly title: string
  /** Sentence that one has to know to read it. */
  readonly about?: string
  readonly rows: readonly Row[]
  readonly mark?: Mark | undefined
}

/** One picture. */
export interface Chart {
  /** Name of its file. */
  readonly name: string
  readonly title: string
  readonly about: string
  /** Unit of the axis, in words. */
  readonly unit: string
  readonly legend: readonly { readonly tone: Tone; readonly text: string }[]
  /** None where its cases were not run. */
  readonly panels: readonly Panel[]
}

/** Leaves out bars that were not measured, rows without bars, and panels without rows. */
export function present(
  panels: readonly (Omit<Panel, 'rows'> & {
    readonly rows: readonly { readonly name: string; readonly bars: readonly (Bar | null)[] }[]
  })[],
): Panel[] {
  return panels
    .map((panel) => ({
      ...panel,
      rows: panel.rows
        .map(({ name, bars }) => ({ name, bars: bars.filter((bar) => bar !== null) }))
        .filter(({ bars }) => bars.length > 0),
    }))
    .filter(({ rows }) => rows.length > 0)
}
