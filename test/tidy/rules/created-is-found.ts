/** Parts of an OpenAPI document that the rule looks at. */
export interface Paths {
  readonly [path: string]: {
    readonly get?: object
    readonly post?: { readonly operationId: string; readonly responses: object }
    readonly patch?: object
  }
}

/**
 * Finds what is made but cannot be read by its id, or is in no list: an operation that answers 201
 * has both at its own path.
 */
export function lostOffences(paths: Paths): string[] {
  const isThere = (wanted: (path: string) => boolean) =>
    Object.entries(paths).some(([path, { get }]) => get !== undefined && wanted(path))
  return Object.entries(paths).flatMap(([path, { post }]) => {
    if (post === undefined || !('201' in post.responses)) return []
    const isItem = (other: string) =>
      other.startsWith(`${path}/{`) && !other.slice(path.length + 1).includes('/')
    return [
      ...(isThere((other) => other === path) ? [] : [`${post.operationId}: no list`]),
      ...(isThere(isItem) ? [] : [`${post.operationId}: no read by id`]),
    ]
  })
}

/** Last words of paths that end a thing. */
const ENDS = new Set(['delete', 'release', 'cancel', 'revoke', 'end'])

/**
 * Nouns of which one can be created that cannot be changed under its id, or never ends: an item
 * takes a PATCH or a `change`, and one of the words that end it.
 */
export function unchangedOffences(paths: Paths): string[] {
  const items = Object.keys(paths).flatMap((path) => {
    const [, list, item] = /^(.*\/[a-z-]+)(\/\{\w+\})$/.exec(path) ?? []
    return list === undefined || item === undefined ? [] : [{ noun: list, item: path }]
  })
  return items.flatMap(({ noun, item }) => {
    const acts = Object.keys(paths).flatMap((path) =>
      path.startsWith(`${item}/`) ? [path.slice(item.length + 1)] : [],
    )
    const name = noun.slice(noun.lastIndexOf('/') + 1)
    const canChange = paths[item]?.patch !== undefined || acts.includes('change')
    return [
      ...(canChange ? [] : [`${name}: no change`]),
      ...(acts.some((act) => ENDS.has(act)) ? [] : [`${name}: no end`]),
    ]
  })
}
