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
} as const
