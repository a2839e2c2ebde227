import type { Picture } from '../pictures/picture.ts'

/**
 * An entity tag that is the same on every server. Between two versions statuses change only when
 * holds end, and the number of those still live tells how many have. The time of the version tells
 * it from one of a history that a restore of the database has undone.
 */
export function tagOf(picture: Picture): string {
  return `"${picture.version}.${picture.at}.${picture.heldCount}"`
}
