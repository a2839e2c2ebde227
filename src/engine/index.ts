export { CINEMA_SHOW } from './demo/demo-shows.ts'
export { type DemoLoaded, loadDemo } from './demo/load-demo.ts'
export type {
  Answer,
  Caller,
  Engine,
  EngineStatus,
  PageQuery,
  Pruned,
  ShowVersions,
  Tagged,
  Violation,
  WriteRequest,
} from './engine.ts'
export { ENGINE_DEFAULTS, type EngineSettings, openEngine } from './open-engine.ts'
export type { ShowReading } from './pictures/picture.ts'
