import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Unit } from '../case.ts'
import type { Verdict } from '../goals.ts'
import type { Configuration } from '../machine.ts'
import { Rounds } from '../rounds.ts'
import type { Bar, Tone } from './chart.ts'

/** Figure as `toJson` has written it, as far as charts show it. */
interface WrittenFigure {
  readonly id: string
  readonly label: string
  readonly unit: Unit
  readonly median: number
  readonly values: readonly number[]
}

/** Results as `toJson` has written them. */
interface WrittenResults {
  readonly at: string
  readonly configuration: Configuration
  readonly verdicts: readonly Verdict[]
  readonly figures: readonly WrittenFigure[]
}

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url))

/** A run of the benchmark, read from its file. */
export class WrittenRun {
  readonly file: string
  readonly #results: WrittenResults
  readonly #figures: ReadonlyMap<string, WrittenFigure>
  readonly #rounds = new Rounds()

  constructor(file: string, results: WrittenResults) {
    this.file = file
    this.#results = results
    this.#figures = new Map(results.figures.map((figure) => [figure.id, figure]))
    for (const { id, label, unit, values } of results.figures) {
      for (const value of values) this.#rounds.add({ id, label, unit, value })
    }
  }

  get at(): string {
    return this.#results.at
  }

  /** Small print of what was measured, on what, and how often: figures mean nothing without it. */
  get smallPrint(): readonly string[] {
    const { commit, processor = '', memory, node, postgresql = '', rounds } = this.#settings
    const [cores, model] = processor.split(' × ')
    return [
      `Rowlock ${commit}, ${this.at.slice(0, 10)}`,
      `${cores} cores (${model}) and ${memory} for database, servers and load together`,
      `${postgresql.split(' ').slice(0, 2).join(' ')}, durable; Node.js ${node}`,
      `rounds: ${rounds}; thin lines: slowest to fastest`,
    ]
  }

  /** The median of an id; null when it was not measured. */
  median(id: string): number | null {
    return this.#figures.get(id)?.median ?? null
  }

  /** A bar for an id; null when it was not measured. With `base`, it tells how often that it is. */
  bar(id: string, tone: Tone, base?: string): Bar | null {
    const figure = this.#figures.get(id)
    if (!figure) return null
    const { median, values, unit } = figure
    const ratio = base === undefined ? null : this.#rounds.ratio(id, base)
    return {
      tone,
      median,
      low: Math.min(...values),
      high: Math.max(...values),
      text: unit === 'ms' ? `${short(median)} ms` : short(median),
      ...(ratio === null ? {} : { emphasis: `${ratio.toFixed(1)} ×` }),
    }
  }

  /** Finds what a goal of this name asks for; null when it was not judged. */
  wanted(about: string): number | null {
    const verdict = this.#results.verdicts.find((one) => one.about === about)
    const [text] = verdict?.wanted.match(/[\d.]+/) ?? []
    return text === undefined ? null : Number(text)
  }

  get #settings(): Configuration {
    return this.#results.configuration
  }
}

/** Reads a file of results. */
export async function readRun(file: string): Promise<WrittenRun> {
  const results = JSON.parse(await readFile(file, 'utf8')) as WrittenResults
  return new WrittenRun(`bench/results/${basename(file)}`, results)
}

/** The run that was measured last. Throws when there is none. */
export async function newestRun(): Promise<WrittenRun> {
  const names = (await readdir(RESULTS)).filter((name) => name.endsWith('.json'))
  const runs = await Promise.all(names.map((name) => readRun(`${RESULTS}${name}`)))
  const newest = runs.toSorted((one, two) => one.at.localeCompare(two.at)).at(-1)
  if (!newest) throw new Error('bench/results has no results: run `npm run bench` first')
  return newest
}

/** No more digits than somebody reads off a bar. */
function short(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value.toFixed(value >= 10 ? 0 : 1)
}
