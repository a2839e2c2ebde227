import type { Mutant } from './mutant.ts'

/** Fate of a mutant. */
export type Fate = 'killed' | 'survived' | 'equivalent' | 'stale'

/** One mutant, tried. */
export interface Result {
  readonly mutant: Mutant
  readonly fate: Fate
  /** Which test found it, or why none could. */
  readonly told: string
  readonly seconds: number
}

/** All of them, as a page of the documentation. */
export function mutantTable(results: readonly Result[]): string {
  const count = (fate: Fate) => results.filter((result) => result.fate === fate).length
  const rows = results.map(({ mutant, fate, told }) => {
    return `| ${cell(mutant.name)} | ${fate} | ${cell(told)} |`
  })
  return `# Mutants

Mistakes planted one by one in the SQL and in the TypeScript: \`npm run mutants -- --table
docs/mutants.md\`. A mutant is killed by an assertion of a test that passes on the clean code; the
test that found it first is named. An equivalent one changes nothing that anybody can see, for the
reason given.

${results.length} mutants: ${count('killed')} killed, ${count('equivalent')} equivalent,
${count('survived')} survived, ${count('stale')} stale.

| mutant | | found by, or why not |
|---|---|---|
${rows.join('\n')}
`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
