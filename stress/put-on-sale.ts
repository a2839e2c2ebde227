import type { Plan, SeatMap, Show, Venue } from '../src/protocol/index.ts'
import type { Api } from './api.ts'
import { fetchValue, StageError } from './fetch-value.ts'
import { drawHouse, type House } from './house.ts'

/** A show of our own, for one sale. */
export interface NewShow {
  /** Names of venue and plan, and the plan as a document that the API takes. */
  readonly plan: { readonly name: string; readonly source: unknown }
  /** Pace of people: as in a sale of so many milliseconds. */
  readonly paceMs: number
  /** Tells shows and keys of different runs apart. */
  readonly run: string
}

/** Show that is for sale, and where. */
export interface OnSale {
  readonly show: Show
  readonly house: House
}

const HOLD_SECONDS = { share: 1 / 10, min: 3, max: 300 } as const
const SEATS_PER_HOLD_MAX = 8
const SEATS_PER_HOLDER_MAX = 12
const DAY_MS = 86_400_000

/** Makes a venue, a plan and a show on which a sale can be played. Needs the operator key. */
export async function createOnSale(api: Api, { plan, paceMs, run }: NewShow): Promise<OnSale> {
  const create = async <Value>(operation: string, path: string, body: unknown) => {
    const key = `stress-${run}-${operation}`
    const call = { operation, method: 'POST', path, body, key, asOperator: true } as const
    const value = await fetchValue<Value>(api, call)
    if (value === null) throw new StageError(`${operation} found nothing at ${path}.`)
    return value
  }
  const venue = await create<Venue>('createVenue', '/v1/venues', { name: `Stress ${plan.name}` })
  const made = await create<Plan>('createPlan', `/v1/venues/${venue.id}/plans`, plan)
  const wanted = Math.round((paceMs / 1000) * HOLD_SECONDS.share)
  const show = await create<Show>('createShow', '/v1/shows', {
    key: `stress-${run}`,
    title: `On sale: ${plan.name}`,
    startsAt: new Date(Date.now() + DAY_MS).toISOString(),
    plan: made.id,
    // Short, so that what people forget is sold again within the sale.
    holdSeconds: Math.min(HOLD_SECONDS.max, Math.max(HOLD_SECONDS.min, wanted)),
    maxSeatsPerHold: SEATS_PER_HOLD_MAX,
    maxSeatsPerHolder: SEATS_PER_HOLDER_MAX,
    // The crowd has no accounts, and pays nobody.
    confirmBy: 'holder',
  })
  return openOnSale(api, show.key)
}

/** A show that is there already. Throws `StageError` when it is not. */
export async function openOnSale(api: Api, key: string): Promise<OnSale> {
  const path = `/v1/shows/${key}`
  const show = await fetchValue<Show>(api, { operation: 'getShow', method: 'GET', path })
  if (show === null) throw new StageError(`There is no show "${key}".`)
  if (show.confirmBy === 'seller') {
    throw new StageError(`"${key}" lets only sellers confirm and book; the crowd has no accounts.`)
  }
  const call = { operation: 'getMap', method: 'GET', path: `${path}/map` } as const
  const map = await fetchValue<SeatMap>(api, call)
  if (map === null) throw new StageError(`There is no map of "${key}".`)
  return { show, house: drawHouse(map) }
}
