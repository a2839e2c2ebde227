/**
 * The demonstration: a cinema and a theatre, each with a plan and shows. Everything is created
 * under fixed idempotency keys and show keys, so that servers that start at once create it once.
 * The shows come last: a database without shows, in which there is nothing but our houses, is one
 * whose loading was broken off, and is finished.
 */

import type { Caller } from '../../calls/index.ts'
import { demoCinemaPlan, demoTheatrePlan, exportPlan } from '../../plans/index.ts'
import { CreateShowBody, ERRORS, type PlanSpec, Refusal } from '../../protocol/index.ts'
import type { Engine } from '../engine.ts'
import { cinemaShow, DEMO_TIME_ZONE, type DemoShow, theatreShows } from './demo-shows.ts'

const TRIES_MAX = 5

/** Facts about the demonstration that was loaded. */
export interface DemoLoaded {
  readonly venues: readonly string[]
  readonly shows: readonly string[]
}

interface House {
  /** Part of the idempotency keys: never changed. */
  readonly word: string
  readonly name: string
  readonly plan: () => PlanSpec
  readonly shows: (now: number) => readonly DemoShow[]
}

const HOUSES: readonly House[] = [
  { word: 'cinema', name: 'Demo cinema', plan: demoCinemaPlan, shows: (now) => [cinemaShow(now)] },
  { word: 'theatre', name: 'Demo theatre', plan: demoTheatrePlan, shows: theatreShows },
]

const CALLER: Caller = {
  scope: 'demo',
  actor: 'demo',
  owner: null,
  boxOffice: true,
  seller: true,
  heldSeatsMax: null,
}

/**
 * Loads the demonstration into a database that has no venue and no show, and answers null without
 * touching one that has. Safe to call from several servers at once. `now` in milliseconds.
 */
export async function loadDemo(
  engine: Engine,
  now: number = Date.now(),
): Promise<DemoLoaded | null> {
  if (!(await isEmpty(engine))) return null
  const planned: CreateShowBody[] = []
  for (const house of HOUSES) {
    const plan = await createHouse(engine, house)
    planned.push(...house.shows(now).map((show) => demoBody(show, plan)))
  }
  for (const body of planned) await persist(() => createShow(engine, body))
  return { venues: HOUSES.map(({ name }) => name), shows: planned.map(({ key }) => key) }
}

/** Shoppers of the demonstration have no account and pay nothing, so holders confirm. */
function demoBody(show: DemoShow, plan: string): CreateShowBody {
  return CreateShowBody.parse({ ...show, plan, confirmBy: 'holder' })
}

async function isEmpty(engine: Engine): Promise<boolean> {
  const shows = await engine.listShows({ limit: 1 })
  if (shows.items.length > 0) return false
  const venues = await engine.listVenues({ limit: HOUSES.length + 1 })
  return venues.items.every(({ name }) => HOUSES.some((house) => house.name === name))
}

async function createHouse(engine: Engine, { word, name, plan }: House): Promise<string> {
  const request = (what: string) => ({ caller: CALLER, idempotencyKey: `demo-${what}-${word}` })
  const body = { name, timeZone: DEMO_TIME_ZONE }
  const venue = await persist(() => engine.createVenue(request('venue'), body))
  const source = exportPlan('rowlock', plan())
  const file = { format: 'rowlock', source } as const
  const stored = await persist(() => engine.createPlan(request('plan'), venue.value.id, file))
  return stored.value.id
}

/** Asks a busy database again: nobody else does, and a demonstration without shows is none. */
async function persist<Value>(act: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries++) {
    try {
      return await act()
    } catch (error) {
      const mayHelp = error instanceof Refusal && ERRORS[error.code].retryable
      if (!mayHelp || tries >= TRIES_MAX) throw error
    }
  }
}

/** Another server may be a moment ahead, or across midnight: then its show stands. */
async function createShow(engine: Engine, body: CreateShowBody): Promise<void> {
  try {
    await engine.createShow({ caller: CALLER, idempotencyKey: null }, body)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'show_exists') throw error
  }
}
