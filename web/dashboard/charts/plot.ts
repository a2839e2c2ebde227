import './valid-language.ts'
import uPlot from 'uplot'
import { exactTime } from '../time/format.ts'
import 'uplot/dist/uPlot.min.css'

/** One line of a chart. */
export interface ChartLine {
  readonly label: string
  /** The custom property that has its colour, such as `--booked`. */
  readonly color: string
  readonly dash?: readonly number[]
  readonly isFilled?: boolean
  readonly isStepped?: boolean
}

/** Times in seconds since 1970, then the figures of each line. */
export type Columns = uPlot.AlignedData

const HEIGHT = 260
const WIDTH_MIN = 200

/** A chart that fills its place, in the colours of the page, which may turn dark. */
export class Plot {
  readonly #place: HTMLElement
  readonly #lines: readonly ChartLine[]
  readonly #format: (value: number) => string
  readonly #end = new AbortController()
  #columns: Columns
  #chart: uPlot | null = null

  constructor(
    place: HTMLElement,
    lines: readonly ChartLine[],
    format: (value: number) => string,
    columns: Columns,
  ) {
    this.#place = place
    this.#lines = lines
    this.#format = format
    this.#columns = columns
    this.#draw()
    const { signal } = this.#end
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', () => this.#draw(), { signal })
    const sizes = new ResizeObserver(() => {
      this.#chart?.setSize({ width: this.#width(), height: HEIGHT })
    })
    sizes.observe(place)
    signal.addEventListener('abort', () => sizes.disconnect())
  }

  setColumns(columns: Columns): void {
    this.#columns = columns
    this.#chart?.setData(columns)
  }

  close(): void {
    this.#end.abort()
    this.#chart?.destroy()
  }

  #draw(): void {
    this.#chart?.destroy()
    const options = optionsOf(this.#lines, this.#format, this.#width())
    this.#chart = new uPlot(options, this.#columns, this.#place)
  }

  #width(): number {
    return Math.max(this.#place.clientWidth, WIDTH_MIN)
  }
}

function optionsOf(
  lines: readonly ChartLine[],
  format: (value: number) => string,
  width: number,
): uPlot.Options {
  const axis = { stroke: colorOf('--quiet'), font: '12px system-ui, sans-serif' }
  return {
    width,
    height: HEIGHT,
    // The last time on the axis stands half beyond it.
    padding: [null, 32, null, null],
    cursor: { y: false, points: { size: 7 } },
    legend: { markers: { fill: (_, index) => colorOf(lines[index - 1]?.color ?? '--card') } },
    hooks: {
      // Only who points at a time is told figures of it.
      setCursor: [({ root, cursor }) => root.classList.toggle('is-pointed', cursor.idx != null)],
    },
    scales: { y: { range: (_, min, max) => [Math.min(0, min), Math.max(max * 1.06, 4)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        ticks: { show: false },
        size: 30,
        space: 80,
        values: (_, splits, _axis, _space, step) => splits.map((at) => timeText(at, step)),
      },
      {
        ...axis,
        grid: { stroke: colorOf('--line'), width: 1 },
        ticks: { show: false },
        size: 54,
        values: (_, splits) =>
          splits.map((value) => (Number.isInteger(value) ? format(value) : '')),
      },
    ],
    series: [
      { value: (_, at) => (at === null || at === undefined ? '' : exactTime(1000 * at)) },
      ...lines.map((line) => seriesOf(line, format)),
    ],
  }
}

function seriesOf(line: ChartLine, format: (value: number) => string): uPlot.Series {
  const color = colorOf(line.color)
  return {
    label: line.label,
    stroke: color,
    width: 2,
    ...(line.dash !== undefined && { dash: [...line.dash] }),
    ...(line.isFilled === true && { fill: `color-mix(in srgb, ${color} 16%, transparent)` }),
    ...(line.isStepped === true &&
      uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: 1 }) }),
    points: { show: false },
    value: (_, value) => (value === null || value === undefined ? '' : format(value)),
  }
}

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' }
const MINUTE: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
const SECOND: Intl.DateTimeFormatOptions = { ...MINUTE, second: '2-digit' }

/** A time as exact as the steps of the axis, in seconds; midnight by its day. */
function timeText(at: number, step: number): string {
  const text = (format: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', format).format(1000 * at)
  if (step >= 86_400 || text(SECOND) === '00:00:00') return text(DAY)
  return text(step < 60 ? SECOND : MINUTE)
}

function colorOf(property: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(property).trim()
}
