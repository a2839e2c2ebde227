/** As much of an OpenAPI document as the rule looks at. */
export interface Paths {
  readonly [path: string]: {
    readonly get?: object
    readonly post?: { readonly operationId: string; readonly responses: object }
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
