/**
 * Estimates what an on-sale takes, from measured costs. It tells two servers from twenty, and not
 * twenty from twenty-two. docs/operating/capacity.md says where each cost comes from.
 */

/** Costs that were measured; times are microseconds of one core. */
export const COSTS = {
  /** A cycle is a hold and its confirmation. */
  serverPerCycle: 167,
  databasePerCycle: 154,
  /** Each server has batches of its own, so the more servers, the less a batch shares. */
  databasePerCycleUnbatched: 1_938,
  /** Everything together: server, database and client. */
  perRefusal: 173,
  serverPerLook: 56,
  databasePerLook: 12,
  serverPerEventAndListener: 12,
  /** Changes gather while a crowd of listeners is told. */
  eventsPerSecondMax: 1 / 0.15,
  listenerBytes: 8_300,
  serverBytes: 200_000_000,
  logBytesPerCycle: 1_310,
  logBytesPerSeat: 380,
  keptBytesPerCycle: 660,
  keptBytesPerSeat: 225,
  /** One hot show, one server, on two cores that it shared with the database and its clients. */
  cyclesPerSecondOfOneShow: 4_419,
  connectionsPerServer: 14,
  listenersPerServerMax: 20_000,
} as const

/** Share of a core that is used before somebody waits: crowds do not come evenly. */
const SERVER_SHARE = 0.6
const DATABASE_SHARE = 0.5
/** One may go at any time. */
const SERVERS_MIN = 2

/** Assumptions about an on-sale. */
export interface OnSale {
  readonly shoppers: number
  readonly seats: number
  readonly seatsPerOrder: number
  /** Minutes in which the shoppers come and the seats go. */
  readonly minutes: number
  /** Times that each looks at the show, and tries to hold seats. */
  readonly looks: number
  readonly tries: number
  /** Streams that are open at once. */
  readonly listeners: number
  readonly shows: number
}

/** Machines that an on-sale takes. */
export interface Capacity {
  readonly ordersPerSecond: number
  readonly refusalsPerSecond: number
  readonly looksPerSecond: number
  readonly eventsPerSecond: number
  readonly servers: number
  readonly serverCores: number
  readonly memoryPerServerMegabytes: number
  readonly databaseCores: number
  readonly databaseConnections: number
  readonly logMegabytesPerSecond: number
  readonly logMegabytes: number
  readonly keptMegabytes: number
  /** Share of what the hottest show can sell at most; more than 1 is too much. */
  readonly hotShowShare: number
}

/** Estimates what an on-sale takes. */
export function estimateCapacity(sale: OnSale): Capacity {
  const seconds = sale.minutes * 60
  const orders = Math.min(sale.seats / sale.seatsPerOrder, sale.shoppers)
  const rates = {
    orders: orders / seconds,
    refusals: Math.max(0, sale.shoppers * sale.tries - orders) / seconds,
    looks: (sale.shoppers * sale.looks) / seconds,
    events: 0,
  }
  // Each order is two changes of one show; a listener listens to one.
  const changes = (2 * rates.orders) / sale.shows
  rates.events = sale.listeners * Math.min(changes, COSTS.eventsPerSecondMax)
  const serverCores = serverCoresOf(rates)
  const servers = Math.max(
    SERVERS_MIN,
    Math.ceil(serverCores / SERVER_SHARE),
    Math.ceil(sale.listeners / COSTS.listenersPerServerMax),
  )
  const log = orders * (COSTS.logBytesPerCycle + COSTS.logBytesPerSeat * sale.seatsPerOrder)
  const kept = orders * (COSTS.keptBytesPerCycle + COSTS.keptBytesPerSeat * sale.seatsPerOrder)
  const memory = COSTS.serverBytes + (sale.listeners / servers) * COSTS.listenerBytes
  return {
    ordersPerSecond: rates.orders,
    refusalsPerSecond: rates.refusals,
    looksPerSecond: rates.looks,
    eventsPerSecond: rates.events,
    servers,
    serverCores,
    memoryPerServerMegabytes: memory / 1e6,
    databaseCores: databaseCoresOf(rates, servers) / DATABASE_SHARE,
    databaseConnections: servers * COSTS.connectionsPerServer,
    logMegabytesPerSecond: log / seconds / 1e6,
    logMegabytes: log / 1e6,
    keptMegabytes: kept / 1e6,
    hotShowShare: rates.orders / sale.shows / COSTS.cyclesPerSecondOfOneShow,
  }
}

interface Rates {
  readonly orders: number
  readonly refusals: number
  readonly looks: number
  readonly events: number
}

function serverCoresOf({ orders, refusals, looks, events }: Rates): number {
  const micros =
    orders * COSTS.serverPerCycle +
    refusals * COSTS.perRefusal +
    looks * COSTS.serverPerLook +
    events * COSTS.serverPerEventAndListener
  return micros / 1e6
}

function databaseCoresOf({ orders, looks }: Rates, servers: number): number {
  const perCycle = Math.min(COSTS.databasePerCycle * servers, COSTS.databasePerCycleUnbatched)
  return (orders * perCycle + looks * COSTS.databasePerLook) / 1e6
}
