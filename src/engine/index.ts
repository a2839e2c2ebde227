export type { Answer, Caller, PageQuery, WriteRequest } from '../calls/index.ts'
export { CINEMA_SHOW } from './demo/demo-shows.ts'
export { type DemoLoaded, loadDemo } from './demo/load-demo.ts'
export type {
  Engine,
  EngineStatus,
  PlanFile,
  Pruned,
  ShowCounts,
  ShowVersions,
  Violation,
} from './engine.ts'
export type {
  LeaseReport,
  LoneEvent,
  SentEvent,
  WebhookLag,
  WebhookLease,
} from './events/deliveries.ts'
export type { EventPosition } from './events/event-position.ts'
export type { EventsWanted } from './events/event-query.ts'
export { eventFor, type PlacedEvent } from './events/placed-event.ts'
export type { Spread } from './lanes/distribution.ts'
export type { WriteTimings } from './lanes/lane-timings.ts'
export { LANES_MAX, LANES_OF_SHARD_MAX } from './lanes/lanes.ts'
export { ENGINE_DEFAULTS, type EngineSettings, openEngine } from './open-engine.ts'
export { Picture, type ShowReading } from './pictures/picture.ts'
export type { PlanUpload } from './plan-upload.ts'
export type { Tagged } from './tagged.ts'
