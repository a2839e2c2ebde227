import { type Answer, expectDone, type WriteRequest } from '../../calls/index.ts'
import { type ChangeShowBody, Refusal, type Show } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { catalogueAnswer, writeCatalogue } from '../write-catalogue.ts'
import { getShow } from './get-show.ts'

const CHANGE_SHOW = 'select rowlock.change_show($1, $2, $3, $4, $5) as answer'

/**
 * Changes a show's title, start or terms, or cancels it. What is sold and held stays as it is.
 * Refusals: `show_unknown`, `invalid_request` when the new terms contradict the ones that stay.
 */
export async function changeShow(
  context: Context,
  request: WriteRequest,
  showKey: string,
  body: ChangeShowBody,
): Promise<Answer<Show>> {
  const { showId } = await context.shows.get(showKey)
  const answer = await writeCatalogue(context, request, {
    operation: 'changeShow',
    path: [showKey],
    body,
    sql: CHANGE_SHOW,
    values: [showId, JSON.stringify(body)],
  })
  if (answer.code === 'invalid_request') throw contradiction()
  expectDone(answer)
  const value = await getShow(context, showKey)
  return catalogueAnswer(answer, value)
}

function contradiction(): Refusal {
  const message = 'holdSeconds <= holdSecondsMax <= holdLifeSecondsMax, salesFrom < salesUntil'
  return new Refusal('invalid_request', {
    detail: `Together with the show's other terms, this must hold: ${message}.`,
    mistakes: [{ path: '$', message }],
  })
}
