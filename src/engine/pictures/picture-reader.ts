import { forOthersToo, untilDeadline } from '../../calls/index.ts'
import type { Database } from '../../db/index.ts'
import { Refusal } from '../../protocol/index.ts'
import { Lru } from '../lru.ts'
import { Picture, type ShowReading } from './picture.ts'

/** Seats of all pictures that are kept in memory: about 9 bytes each. */
const SEATS_MAX = 5_000_000

const READ_SHOW = 'select rowlock.read_show($1, $2) as reading'

interface Reader {
  running: Promise<Picture> | null
  waiting: Promise<Picture> | null
}

/**
 * Current readings of shows. Whoever asks while a query is under way shares the *next* one, which
 * begins after all of them have asked: so an answer reflects every command that was answered
 * before (promise 8), and a thousand readers cost the database what one costs.
 */
export class PictureReader {
  readonly #database: Database
  readonly #pictures = new Lru<number, Picture>(SEATS_MAX, (picture) => picture.seatCount + 100)
  readonly #readers = new Map<number, Reader>()

  constructor(database: Database) {
    this.#database = database
  }

  /**
   * The show's picture as of now. It is brought forward by later readings: use it before the next
   * `await`. Refusal: `show_unknown`.
   */
  read(showId: number): Promise<Picture> {
    return untilDeadline(this.#read(showId), () => new Refusal('unavailable'))
  }

  #read(showId: number): Promise<Picture> {
    const reader = this.#readers.get(showId) ?? { running: null, waiting: null }
    this.#readers.set(showId, reader)
    if (reader.waiting) return reader.waiting
    if (!reader.running) return this.#run(showId, reader)
    const next = () => this.#run(showId, reader)
    reader.waiting = reader.running.then(next, next)
    return reader.waiting
  }

  #run(showId: number, reader: Reader): Promise<Picture> {
    reader.waiting = null
    reader.running = forOthersToo(() => this.#query(showId)).finally(() => {
      reader.running = null
      if (!reader.waiting) this.#readers.delete(showId)
    })
    return reader.running
  }

  async #query(showId: number): Promise<Picture> {
    const picture = this.#pictures.get(showId) ?? new Picture()
    const since = picture.version === 0 ? null : picture.version
    const rows = await this.#database.read<{ reading: ShowReading | null }>(READ_SHOW, [
      showId,
      since,
    ])
    const reading = rows[0]?.reading
    if (!reading) throw new Refusal('show_unknown')
    if (reading.now < picture.now) {
      // The clock jumped back: holds that this picture saw end count again, and it forgot them.
      this.#pictures.delete(showId)
      return this.#query(showId)
    }
    picture.apply(reading)
    this.#pictures.set(showId, picture)
    return picture
  }
}
