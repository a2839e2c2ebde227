/**
 * Imported before everything else by whatever can be started or opened: an older Node gets as far
 * as this, and says what is needed instead of which import it does not know.
 */
const NODE_MIN = [24, 7] as const

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

/** Message for whoever runs an older Node; null when this one is new enough. */
export const NODE_PROBLEM: string | null =
  major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])
    ? null
    : `Rowlock needs Node.js ${NODE_MIN.join('.')} or later; this is ${process.versions.node}.`
