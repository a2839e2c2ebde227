export { LIMITS_USUAL, type LimitSettings } from './limits/index.ts'
export { openapiDocument } from './openapi/document.ts'
export { createServer, type Server } from './server.ts'
export type { Figures, ServerSettings, WorkerPlace } from './settings.ts'
