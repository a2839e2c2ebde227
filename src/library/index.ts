import './refuse-old-node.ts'

export * from '../engine/index.ts'
export { openRowlock, type Rowlock, type RowlockSettings } from './open-rowlock.ts'
