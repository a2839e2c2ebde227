import type { SearchOptions } from 'minisearch'

/** Options by which the index is made and read; the page that searches has the same. */
export const SEARCH_OPTIONS = {
  fields: ['page', 'heading', 'text'],
  storeFields: ['page', 'heading'],
}

/** Typing mistakes are forgiven in long words only: every short word is like several others. */
export const SEARCH_MANNERS = {
  prefix: true,
  fuzzy: (word: string) => (word.length > 5 ? 0.15 : false),
  boost: { page: 3, heading: 2 },
  combineWith: 'AND',
  boostDocument: weightOf,
} as const

/**
 * Options for the words that were typed: pages to learn from come before the reference, unless a
 * word has a `_`; it is a code then, and looked up.
 */
export function mannersFor(words: string): SearchOptions {
  return words.includes('_') ? { ...SEARCH_MANNERS, boostDocument: () => 1 } : SEARCH_MANNERS
}

function weightOf(address: string): number {
  if (/^\/docs\/(guides|concepts)\//.test(address)) return 1.4
  return /^\/(errors|docs\/(api|reference|decisions))\b/.test(address) ? 0.5 : 1
}
