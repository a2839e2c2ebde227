/** Loaded before anything else, also by a Node that is too old for the rest: keep it small. */
export { NODE_PROBLEM } from './node-version.ts'
export { probePort } from './probe-port.ts'
export { VERSION } from './version.ts'
