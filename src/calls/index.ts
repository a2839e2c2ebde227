export { bind } from './bind.ts'
export {
  type CatalogueAnswer,
  callFunction,
  expectDone,
} from './call-function.ts'
export type { Answer, Caller, WriteRequest } from './caller.ts'
export {
  currentTrace,
  deadlineWithin,
  forOthersToo,
  leaveTimeToTell,
  untilDeadline,
  withDeadline,
} from './deadline.ts'
export { KNOWN_AFTER, knownRefusal, unsafeRefusal } from './failure-refusal.ts'
export { badCursor, type PageQuery } from './paging.ts'
export { withPatientReads } from './patient-reads.ts'
export {
  fingerprint,
  identifyWrite,
  identityWith,
  type RequestIdentity,
} from './request-identity.ts'
export { databaseSpan, endFailed, type Trace } from './trace.ts'
