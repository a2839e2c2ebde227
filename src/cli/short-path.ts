import { relative } from 'node:path'

/** A path as people here would write it: below the working directory it is relative. */
export function shortPath(path: string): string {
  const short = relative('.', path)
  return short === '' || short.startsWith('..') ? path : short
}
