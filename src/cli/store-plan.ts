import { hash } from 'node:crypto'
import type { Engine } from '../engine/index.ts'
import {
  LIMITS,
  type Plan,
  type PlanFormat,
  type PlanOptions,
  type Venue,
} from '../protocol/index.ts'
import { CommandError } from './failure.ts'
import { CLI_CALLER, CLI_WRITE } from './rowlock-stack.ts'

/** A plan as the text of a file. */
export interface PlanSource {
  readonly format: PlanFormat
  readonly text: string
  readonly options?: PlanOptions
}

/**
 * By id, by name, or the only one there is; a new name makes a new venue, whose time zone has to be
 * named: its shows would appear at any hour without.
 */
export async function findVenue(
  engine: Engine,
  wanted: string | undefined,
  planName: string,
  timeZone: string | undefined,
): Promise<Venue> {
  if (wanted?.startsWith('venue_')) return engine.getVenue(wanted)
  const venues = await allVenues(engine)
  const found = wanted === undefined ? venues : venues.filter(({ name }) => name === wanted)
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  if (only === undefined) return createVenue(engine, wanted ?? planName, timeZone)
  const list = found.map(({ id, name }) => `\n  ${id}  ${name}`).join('')
  throw new CommandError('usage', `There are several venues. Choose one with --venue:${list}`)
}

async function allVenues(engine: Engine): Promise<Venue[]> {
  const venues: Venue[] = []
  let cursor: string | undefined
  do {
    const page = await engine.listVenues({
      limit: LIMITS.pageLimitMax,
      ...(cursor !== undefined && { cursor }),
    })
    venues.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return venues
}

async function createVenue(engine: Engine, name: string, timeZone: string | undefined) {
  if (timeZone === undefined) {
    const advice = 'Name its time zone to create it, such as --time-zone Europe/London.'
    throw new CommandError('usage', `There is no venue "${name}" yet. ${advice}`)
  }
  const body = { name: name.slice(0, LIMITS.titleLengthMax), timeZone }
  return (await engine.createVenue(CLI_WRITE, body)).value
}

/** Stores a plan; the same one once more is the same plan. */
export async function storePlan(
  engine: Engine,
  venue: Venue,
  source: PlanSource,
  name?: string,
): Promise<Plan> {
  const { format, text, options = {} } = source
  const given = Object.keys(options).length > 0 ? [options] : []
  const said = JSON.stringify([venue.id, format, name, text, ...given])
  const idempotencyKey = hash('sha256', said)
  const body = { format, source: text, ...options, ...(name !== undefined && { name }) }
  return (await engine.createPlan({ caller: CLI_CALLER, idempotencyKey }, venue.id, body)).value
}
