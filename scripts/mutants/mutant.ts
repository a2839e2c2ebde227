import type { Mutation } from '../../test/support/mutate.ts'

/** A kernel, or an engine, with one mistake in it, which tests have to find. */
export interface Mutant {
  readonly name: string
  readonly mutations: readonly Mutation[]
  /** Files below `test`, without `.test.ts`; those of the kernel unless told otherwise. */
  readonly tests?: readonly string[]
  /** Reason why no test can find it; it must survive then. */
  readonly equivalent?: string
}

/** One textual change of a file in `sql/functions`. */
export function mutant(file: string, name: string, find: string, replace: string): Mutant {
  return { name: `${file}: ${name}`, mutations: [{ file: `functions/${file}.sql`, find, replace }] }
}

/** One textual change of a file in `sql/views`, and the tests that are to find it. */
export function viewMutant(
  file: string,
  name: string,
  find: string,
  replace: string,
  tests: readonly string[],
): Mutant {
  const path = `views/${file}`
  return { name: `${path}: ${name}`, mutations: [{ file: `${path}.sql`, find, replace }], tests }
}

/** A change of a file in `src`, and the tests that are to find it. */
export function codeMutant(
  file: string,
  name: string,
  find: string,
  replace: string,
  tests: readonly string[],
): Mutant {
  return { name: `${file}: ${name}`, mutations: [{ file: `src/${file}.ts`, find, replace }], tests }
}

/** Gives mutants other tests than those of the kernel. */
export function foundBy(tests: readonly string[], mutants: readonly Mutant[]): readonly Mutant[] {
  return mutants.map((made) => ({ ...made, tests }))
}

/** Marks a mutant of which somebody has found out that it changes nothing. */
export function equivalent(why: string, made: Mutant): Mutant {
  return { ...made, equivalent: why }
}

/** Tells whether the mistake is in TypeScript. */
export function isCode({ mutations }: Mutant): boolean {
  return mutations.some(({ file }) => file.startsWith('src/'))
}
