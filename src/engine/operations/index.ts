export { checkShow, readSecondsAhead } from './check-show.ts'
export { countSeats } from './count-seats.ts'
export { exportPlan } from './export-plan.ts'
export { exportSeats } from './export-seats.ts'
export { listBookingsOf } from './list-bookings-of.ts'
export { listEvents } from './list-events.ts'
export { listHoldsOf } from './list-holds-of.ts'
export * from './of-contract.ts'
export { pruneRequests, pruneShow } from './prune-show.ts'
export { readShow, readVersions } from './read-show.ts'
export { resetShow } from './reset-show.ts'
export {
  eventsOf,
  loneEventOf,
  settleLeases,
  settleLoneEvent,
  showNumber,
  webhookLook,
  webhookTarget,
  webhookTurns,
} from './webhook-deliveries.ts'
