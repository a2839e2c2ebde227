import type { Mutation } from '../../test/support/mutate.ts'

/** A kernel with one mistake in it, which tests have to find. */
export interface Mutant {
  readonly name: string
  readonly mutations: readonly Mutation[]
  /** Why no test can find it; it must survive then. */
  readonly equivalent?: string
}

/** One textual change of a file in `sql/functions`. */
export function mutant(file: string, name: string, find: string, replace: string): Mutant {
  return { name: `${file}: ${name}`, mutations: [{ file: `functions/${file}.sql`, find, replace }] }
}

/** The same, of which somebody has found out that it changes nothing. */
export function equivalent(why: string, made: Mutant): Mutant {
  return { ...made, equivalent: why }
}
