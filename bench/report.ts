import type { Case, Figure } from './case.ts'
import type { Verdict } from './goals.ts'
import type { Configuration } from './machine.ts'
import type { Usage } from './processes/usage.ts'
import { median, type Rounds } from './rounds.ts'

/** Everything that a run found out. */
export interface Results {
  readonly at: string
  readonly configuration: Configuration
  readonly cases: readonly Pick<Case, 'letter' | 'title'>[]
  readonly rounds: Rounds
  readonly verdicts: readonly Verdict[]
  /** Cases that could not be measured, and why. */
  readonly failures: readonly string[]
}

/** The results for people, as Markdown. */
export function toMarkdown(results: Results): string {
  const { at, configuration, cases, rounds, verdicts, failures } = results
  const figures = rounds.all()
  const sections = cases.map(({ letter, title }) => {
    const own = figures.filter(([first]) => first?.id.startsWith(`${letter}.`))
    return `## ${letter}: ${title}\n\n${tableOf(own)}`
  })
  return `# Benchmark of ${at.slice(0, 10)}

${Object.entries(configuration)
  .map(([name, value]) => `- ${name}: ${value}`)
  .join('\n')}

Cores are seconds of processor time per second, memory is private memory at its peak.

${failures.map((failure) => `**Failed**: ${failure}\n\n`).join('')}## Ratios

${ratiosOf(rounds)}
## Goals

| goal | wanted | reached | |
|---|---|---|---|
${verdicts.map(lineOf).join('\n')}

${sections.join('\n')}`
}

/**
 * Tells how many times the limit each way of asking is, round by round: the sentence for the
 * README.
 */
function ratiosOf(rounds: Rounds): string {
  const rows = RATIOS.flatMap(([about, many, one]) => {
    const cells = [many, one].map(([id, base]) => {
      const ratio = rounds.ratio(id, base)
      return ratio === null ? '' : `${toText(rounds.median(id) ?? 0)} (${ratio.toFixed(2)} ×)`
    })
    return cells.join('') === '' ? [] : [`| ${about} | ${cells.join(' | ')} |`]
  })
  return `| cycles per second (× the hand-written function, unbatched) | many shows | one hot show |
|---|--:|--:|
${rows.join('\n')}
`
}

type Ratio = readonly [id: string, base: string]

const RATIOS: readonly (readonly [about: string, many: Ratio, one: Ratio])[] = [
  ratio('hand-written function, unbatched, best number of clients', 'a.*.rate'),
  ratio('our kernel, unbatched', 'a.own.*.rate'),
  ...[8, 32, 64, 256].map((count) => ratio(`API, ${count} connections`, `c.*.${count}.rate`)),
  ...[32, 256].map((n) => ratio(`API, ${n} connections, two servers`, `c.two.*.${n}.rate`)),
  ...[32, 256].map((n) => ratio(`\`npm start\`, ${n} connections`, `l.*.${n}.rate`)),
  ratio('engine in process, 256 callers', 'b.*.256.rate'),
]

function ratio(about: string, id: string): readonly [string, Ratio, Ratio] {
  const of = (spread: string): Ratio => [id.replace('*', spread), `a.${spread}.rate`]
  return [about, of('many'), of('one')]
}

function lineOf({ about, wanted, reached, isMet }: Verdict): string {
  return `| ${about} | ${wanted} | ${reached} | ${isMet ? 'met' : '**missed**'} |`
}

function tableOf(rows: readonly (readonly Figure[])[]): string {
  const lines = rows.map((figures) => {
    const [first] = figures
    if (!first) return ''
    const values = figures.map(({ value }) => value)
    const range = `${toText(Math.min(...values))} – ${toText(Math.max(...values))}`
    const middle = `${toText(median(values))} ${first.unit}`
    return `| ${first.label} | ${middle} | ${range} | ${usageOf(figures)} |`
  })
  return `| what | median | range | cores and memory of |
|---|---|---|---|
${lines.join('\n')}
`
}

function usageOf(figures: readonly Figure[]): string {
  const groups = figures[0]?.usage?.map(({ group }) => group) ?? []
  return groups
    .map((group) => {
      const of = (key: 'cores' | 'memoryMb') => median(figures.flatMap(valuesOf(group, key)))
      return { group, cores: of('cores'), memory: of('memoryMb') }
    })
    .filter(({ memory }) => memory > 0)
    .map(({ group, cores, memory }) => `${group} ${cores.toFixed(2)}, ${memory.toFixed(0)} MB`)
    .join('; ')
}

function valuesOf(group: string, key: 'cores' | 'memoryMb'): (figure: Figure) => number[] {
  return ({ usage }) => (usage ?? []).filter((one: Usage) => one.group === group).map((u) => u[key])
}

function toText(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** The results for programs: a line for each figure, with the values of its rounds. */
export function toJson({ at, configuration, rounds, verdicts, failures }: Results): string {
  const figures = rounds.all().map((one) => {
    const { id, label, unit } = one[0] as Figure
    return {
      id,
      label,
      unit,
      median: rounded(median(one.map(({ value }) => value))),
      values: one.map(({ value }) => rounded(value)),
      usage: usageOf(one) || undefined,
    }
  })
  const lines = (some: readonly object[]) => some.map((each) => JSON.stringify(each)).join(',\n')
  return `{"at": "${at}",
"configuration": ${JSON.stringify(configuration, null, 1)},
"failures": ${JSON.stringify(failures)},
"verdicts": [
${lines(verdicts)}
],
"figures": [
${lines(figures)}
]}
`
}

/** Four digits say more than any of these measurements does. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
