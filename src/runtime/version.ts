import { readFileSync } from 'node:fs'

/** The version of this package, from the sources as well as from a build. */
export const VERSION: string = JSON.parse(
  readFileSync(new URL(import.meta.resolve('#package.json')), 'utf8'),
).version
