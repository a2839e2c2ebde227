import { type Answer, expectDone, fingerprint, type WriteRequest } from '../../calls/index.ts'
import {
  newUuid,
  Refusal,
  type RepeatedShows,
  type RepeatShowBody,
  type Show,
} from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { writeCatalogue } from '../write-catalogue.ts'
import { getShow } from './get-show.ts'

const REPEAT_SHOW = 'select rowlock.repeat_show($1, $2, $3, $4, $5) as answer'

/**
 * Creates shows like one that is there, on other dates: all or none. Refusals: `show_unknown`,
 * `show_exists` for keys of other shows, `venue_retired` and `plan_retired` if a show is missing,
 * `invalid_request` where sales would end before they begin.
 */
export async function repeatShow(
  context: Context,
  request: WriteRequest,
  showKey: string,
  body: RepeatShowBody,
): Promise<Answer<RepeatedShows>> {
  const { showId, key } = await context.shows.get(showKey)
  const wanted = body.shows.map((show) => ({
    ...show,
    title: show.title ?? null,
    planId: newUuid(),
    // The same dates of the same show are the same shows.
    fingerprint: fingerprint(['repeatShow', showId, show]),
  }))
  const answer = await writeCatalogue(context, request, {
    operation: 'repeatShow',
    path: [key],
    body,
    sql: REPEAT_SHOW,
    values: [showId, JSON.stringify(wanted)],
  })
  const keys = answer.keys ?? []
  if (answer.code === 'invalid_request') throw salesEndTooSoon(body, keys)
  expectDone(answer, answer.code === 'show_exists' ? { detail: existing(keys) } : {})
  const items: Show[] = []
  for (const { key: made } of body.shows) items.push(await getShow(context, made))
  return { value: { items }, changed: answer.created !== 0, replayed: answer.replayed === true }
}

function existing(keys: readonly string[]): string {
  const names = keys.map((key) => `"${key}"`).join(', ')
  return `Other shows already have these keys: ${names}. None was created.`
}

function salesEndTooSoon({ shows }: RepeatShowBody, keys: readonly string[]): Refusal {
  const mistakes = shows.flatMap(({ key }, index) => {
    if (!keys.includes(key)) return []
    return { path: `shows[${index}].startsAt`, message: 'sales would end before they begin' }
  })
  const [first] = mistakes
  return new Refusal('invalid_request', { detail: `${first?.path}: ${first?.message}.`, mistakes })
}
