import { toKebab, toSnake } from './one-name.ts'
import type { SourceFile } from './source-file.ts'

/** Mark of what a program makes: nobody writes the name in there. */
const MADE = /^\/\/ Made from |^-- Generated/

/** Files that are written by hand and say the name of an operation, in any spelling. */
export function filesThatName(operation: string, files: readonly SourceFile[]): string[] {
  const words = [operation, toKebab(operation), toSnake(operation)].join('|')
  const named = new RegExp(`(?<![\\w-])(?:${words})(?![\\w-])`)
  return files
    .filter(({ path, text }) => !MADE.test(text) && (named.test(text) || named.test(path)))
    .map(({ path }) => path)
}

/** Paths in the numbered list below a heading of a Markdown page. */
export function pathsListed(page: string, heading: string): string[] {
  const [, section = ''] = page.split(`## ${heading}\n`)
  const [list = ''] = section.split('\n## ')
  return [...list.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, path]) => path as string)
}
