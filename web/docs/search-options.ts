/** Options by which the index is made and read; the page that searches has the same. */
export const SEARCH_OPTIONS = {
  fields: ['page', 'heading', 'text'],
  storeFields: ['page', 'heading'],
}
