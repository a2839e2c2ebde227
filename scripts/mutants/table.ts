import type { Mutant } from './mutant.ts'

/** Fate of a mutant. */
export type Fate = 'killed' | 'survived' | 'equivalent' | 'stale'

/** One mutant, tried. */
export interface Result {
  readonly mutant: Mutant
  readonly fate: Fate
  /** Test that found it, or the reason why none could. */
  readonly told: string
  readonly seconds: number
}

const FATES = ['killed', 'equivalent', 'survived', 'stale'] as const satisfies readonly Fate[]

/** Counts the mistakes in each file by what became of them. */
export function countsPerFile(results: readonly Result[]): string {
  const files = Object.groupBy(results, ({ mutant }) => fileOf(mutant))
  const rows = Object.entries(files).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `| file | mistakes | ${FATES.join(' | ')} |
|---|---|---|---|---|---|
${rows.map(([file, some = []]) => `| \`${file}\` | ${counts(some)} |`).join('\n')}
| all | ${counts(results)} |
`
}

function counts(results: readonly Result[]): string {
  const each = FATES.map((fate) => results.filter((result) => result.fate === fate).length)
  return [results.length, ...each].join(' | ')
}

function fileOf({ mutations }: Mutant): string {
  const [file = ''] = mutations.map((mutation) => mutation.file)
  return file.startsWith('src/') ? file : `sql/${file}`
}

/** All of them, as a page of the documentation. */
export function mutantTable(results: readonly Result[]): string {
  const rows = results.map(({ mutant, fate, told }) => {
    return `| ${cell(mutant.name)} | ${fate} | ${cell(told)} |`
  })
  return `# Mutants

Mistakes planted one by one in the SQL and in the TypeScript: \`npm run mutants\`. A mutant is
killed by an assertion of a test that passes on the clean code; the test that found it is named. An
equivalent one changes nothing that anybody can see, for the reason given.

${countsPerFile(results)}
| mutant | | found by, or why not |
|---|---|---|
${rows.join('\n')}
`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
