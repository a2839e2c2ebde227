/** An operation that is told what it works with before what it is asked. */
type Operation<Context> = (context: Context, ...asked: never[]) => unknown

/** Operations without their first parameter. */
type Bound<Operations> = {
  [Name in keyof Operations]: Operations[Name] extends (
    context: never,
    ...asked: infer Asked
  ) => infer Result
    ? (...asked: Asked) => Result
    : never
}

/** Hands every operation of a table what it works with, once. */
export function bind<Context, Operations extends Record<string, Operation<Context>>>(
  context: Context,
  operations: Operations,
): Bound<Operations> {
  const bound = Object.entries(operations).map(([name, operation]) => [
    name,
    (...asked: never[]) => operation(context, ...asked),
  ])
  return Object.fromEntries(bound) as Bound<Operations>
}
