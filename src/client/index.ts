export type * from '../protocol/index.ts'
export type { CallOptions, Page, Pages, WriteOptions } from './call-options.ts'
export type { ClientSettings } from './caller.ts'
export type { Client } from './client.ts'
export { createClient } from './create-client.ts'
export type { EventsOptions, FollowedEvent } from './follow-events.ts'
export { type RefusalFacts, RowlockError } from './rowlock-error.ts'
export type {
  Connection,
  ConnectionStatus,
  ShowView,
  ShowWatch,
  WatchOptions,
} from './show-watch.ts'
