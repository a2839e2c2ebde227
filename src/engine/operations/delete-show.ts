import { type Answer, expectDone, type WriteRequest } from '../../calls/index.ts'
import { type DeletedShow, Refusal, withoutInvisible } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { isStorable, showUnknown } from '../stored/stored-show.ts'
import { catalogueAnswer, writeCatalogue } from '../write-catalogue.ts'

const DELETE_SHOW = 'select rowlock.delete_show($1, $2, $3, $4) as answer'

/**
 * Deletes a show for which nothing was ever sold. Refusals: `show_unknown`, and
 * `show_in_use` once something was sold, or while somebody holds seats.
 */
export async function deleteShow(
  context: Context,
  request: WriteRequest,
  showKey: string,
): Promise<Answer<DeletedShow>> {
  if (!isStorable(showKey)) throw showUnknown(showKey)
  const key = withoutInvisible(showKey)
  const answer = await writeCatalogue(context, request, {
    operation: 'deleteShow',
    path: [key],
    body: {},
    sql: DELETE_SHOW,
    values: [key],
  })
  if (answer.code === 'show_unknown') throw showUnknown(showKey)
  if (answer.code === 'show_in_use') throw inUse(answer.why)
  expectDone(answer)
  context.shows.forget(key)
  const value = { key, deletedAt: new Date(answer.deletedAt ?? 0).toISOString() }
  return catalogueAnswer(answer, value)
}

function inUse(why: string | undefined): Refusal {
  const detail =
    why === 'held'
      ? 'Someone is holding seats of the show: wait until the holds end, or release them.'
      : 'Seats of the show were sold, so its history has to stay: cancel or archive it.'
  return new Refusal('show_in_use', { detail })
}
