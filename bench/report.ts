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
}

/** The results for people, as Markdown. */
export function toMarkdown({ at, configuration, cases, rounds, verdicts }: Results): string {
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

## Goals

| goal | wanted | reached | |
|---|---|---|---|
${verdicts.map(lineOf).join('\n')}

${sections.join('\n')}`
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

/** The results for programs. */
export function toJson({ at, configuration, rounds, verdicts }: Results): string {
  const figures = rounds.all().map((one) => {
    const { id, label, unit } = one[0] as Figure
    return {
      id,
      label,
      unit,
      median: median(one.map(({ value }) => value)),
      values: one.map(({ value }) => value),
      usage: one.map(({ usage }) => usage ?? []),
    }
  })
  return `${JSON.stringify({ at, configuration, verdicts, figures }, null, 1)}\n`
}
