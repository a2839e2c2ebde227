/** One operation as each place spells it. */
export interface Places {
  /** Methods of the engine. */
  readonly engine: readonly string[]
  /** `src/engine/operations/<name>.ts`, without the ending. */
  readonly files: readonly string[]
  /** Operations in the description of the API. */
  readonly operationIds: readonly string[]
  /** `test/features/<name>.feature`, without the ending. */
  readonly features: readonly string[]
  /** `src/cli/commands/<name>.ts`, without the ending. */
  readonly commands: readonly string[]
  /** Functions of the kernel, without the schema. */
  readonly sqlFunctions: readonly string[]
}

/** Exceptions to the rule, each with its reason. */
export interface Exceptions {
  /** Methods of the engine that are no operations. */
  readonly notOperations: readonly string[]
  /**
   * Things that operators do on the machine itself: the command that does it, instead of the API.
   */
  readonly onCommandLine: Readonly<Record<string, string>>
  /** Operations that are a part of another one over HTTP. */
  readonly partOf: Readonly<Record<string, string>>
  /** Operations that only servers have, because they are made of connections. */
  readonly ofTheFeed: readonly string[]
  /** Operations on people, sessions and keys, which the engine knows nothing of. */
  readonly ofAccess: readonly string[]
  /** Reads that are told in the feature of what they read. */
  readonly toldIn: Readonly<Record<string, string>>
}

/** `confirmHold` → `confirm-hold`. */
export function toKebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** `confirmHold` → `confirm_hold`. */
export function toSnake(name: string): string {
  return toKebab(name).replaceAll('-', '_')
}

/** Methods of an interface in the text of a file. */
export function methodsOf(code: string, name: string): string[] {
  const body = code.slice(code.indexOf(`interface ${name} `))
  const end = body.indexOf('\n}')
  return [...body.slice(0, end).matchAll(/^ {2}(\w+)\(/gm)].map((match) => match[1] as string)
}

/** Operations that some place does not know, or that only one place knows. */
export function nameOffences(places: Places, exceptions: Exceptions): string[] {
  const operations = places.engine.filter((name) => !exceptions.notOperations.includes(name))
  const missing = operations.flatMap((name) => {
    const command = exceptions.onCommandLine[name]
    if (command === undefined) return placesWithout(name, places, exceptions)
    return places.commands.includes(command) ? [] : [`${name} is no command`]
  })
  const known = new Set([...operations, ...exceptions.ofTheFeed, ...exceptions.ofAccess])
  const strange = places.operationIds
    .filter((id) => !known.has(id))
    .map((id) => `the API has ${id}, the engine has not`)
  return [...missing, ...strange]
}

function placesWithout(name: string, places: Places, exceptions: Exceptions): string[] {
  const told = exceptions.toldIn[name] ?? name
  const served = exceptions.partOf[name] ?? name
  const isWrite = !/^(?:get|list|find|export)[A-Z]/.test(name)
  return [
    places.files.includes(toKebab(name)) ? '' : `${name} has no file of its own`,
    places.operationIds.includes(served) ? '' : `${name} is not in the API`,
    places.features.includes(toKebab(told)) ? '' : `${name} has no feature`,
    !isWrite || places.sqlFunctions.includes(toSnake(name)) ? '' : `${name} is not in the kernel`,
  ].filter((offence) => offence !== '')
}
