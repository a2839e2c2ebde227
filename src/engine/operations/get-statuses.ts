import { SEAT_STATUSES, STATUS_LETTERS, type Statuses } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import type { Picture } from '../pictures/picture.ts'
import type { Tagged } from '../tagged.ts'
import { tagOf } from './tag-of.ts'

const LETTERS = SEAT_STATUSES.map((status) => STATUS_LETTERS[status].charCodeAt(0))

/** Made once per revision of a picture. */
const strings = new WeakMap<Picture, { revision: number; statuses: string }>()

/** Every seat's status, one character each. Refusal: `show_unknown`. */
export async function getStatuses(context: Context, showKey: string): Promise<Tagged<Statuses>> {
  const identity = await context.shows.get(showKey)
  const picture = await context.pictures.read(identity.showId)
  return {
    etag: tagOf(picture),
    read: () => ({
      show: identity.key,
      version: picture.version,
      asOf: new Date(picture.now).toISOString(),
      statuses: lettersOf(picture),
    }),
  }
}

function lettersOf(picture: Picture): string {
  const known = strings.get(picture)
  if (known?.revision === picture.revision) return known.statuses
  const letters = picture.statuses.map((status) => LETTERS[status] as number)
  const statuses = Buffer.from(letters.buffer).toString('latin1')
  strings.set(picture, { revision: picture.revision, statuses })
  return statuses
}
