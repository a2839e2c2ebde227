import { offence, type SourceFile } from './source-file.ts'

/** A promise as its page tells it. */
export interface Promised {
  readonly number: number
  /** Files of tests, by their paths from the root. */
  readonly tests: readonly string[]
  /** Things that `rowlock check` looks at, by the names of its rules. */
  readonly rules: readonly string[]
}

const CITED = /\bpromises? (\d+)((?:, \d+)*)(?: and (\d+))?/gi
const RULE = /\bselect (\d+), '([^']+)'/g

/** The promises of a page with a heading, tests and rules for each. */
export function promisesOf(page: string): Promised[] {
  const [, ...sections] = page.split(/^## /m)
  return sections.map((section) => ({
    number: Number.parseInt(section, 10),
    tests: [...section.matchAll(/\]\(\.\.\/(test\/[^)]+)\)/g)].map(([, path]) => path as string),
    rules: [...section.matchAll(/^- `rowlock check`: (.+)$/gm)].flatMap(([, list = '']) =>
      [...list.matchAll(/"([^"]+)"/g)].map(([, rule]) => rule as string),
    ),
  }))
}

/** The numbers that a text cites. */
export function numbersCited(text: string): number[] {
  return [...text.matchAll(CITED)].flatMap(([, first, more = '', last]) =>
    [first, ...more.split(', '), last].filter(Boolean).map(Number),
  )
}

/** Files that cite a promise which nobody gave. */
export function unknownPromises(
  files: readonly SourceFile[],
  known: readonly Promised[],
): string[] {
  const numbers = new Set(known.map(({ number }) => number))
  return files.flatMap((file) =>
    numbersCited(file.text)
      .filter((number) => !numbers.has(number))
      .map((number) => offence(file, 0, `cites promise ${number}`)),
  )
}

/** Promises without a test that says that it enforces them. */
export function untested(promises: readonly Promised[], files: readonly SourceFile[]): string[] {
  return promises.flatMap(({ number, tests }) => {
    if (tests.length === 0) return [`promise ${number} names no test`]
    return tests.flatMap((path) => {
      const file = files.find((each) => each.path === path)
      if (file === undefined) return [`promise ${number} names ${path}, which is not there`]
      return numbersCited(file.text).includes(number) ? [] : [`${path} cites no promise ${number}`]
    })
  })
}

/** Rules of the check that the page does not list, and listed ones that the check has not. */
export function rulesAmiss(promises: readonly Promised[], sql: readonly SourceFile[]): string[] {
  const text = sql.map((file) => file.text).join('\n')
  const there = [...text.matchAll(RULE)].map(([, number, rule]) => `${number}: ${rule}`)
  const told = promises.flatMap(({ number, rules }) => rules.map((rule) => `${number}: ${rule}`))
  return [
    ...there.filter((rule) => !told.includes(rule)).map((rule) => `docs do not say ${rule}`),
    ...told.filter((rule) => !there.includes(rule)).map((rule) => `the check has no ${rule}`),
  ]
}
