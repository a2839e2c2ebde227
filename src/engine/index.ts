export type {
  Answer,
  Caller,
  Engine,
  EngineStatus,
  Pruned,
  Tagged,
  Violation,
  WriteRequest,
} from './engine.ts'
export { ENGINE_DEFAULTS, type EngineSettings, openEngine } from './open-engine.ts'
