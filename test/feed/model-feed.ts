import { Writable } from 'node:stream'
import { EventParser } from '../../src/client/event-parser.ts'
import { LiveView } from '../../src/client/live-view.ts'
import type { Engine } from '../../src/engine/index.ts'
import type { ShowModel } from './show-model.ts'

/** The only show of a `ModelEngine`. */
export const SHOW = 'show'

/** Model of what the feed asks of an engine, answered by a model in memory and counted. */
export class ModelEngine {
  readonly model: ShowModel
  readings = 0
  looks = 0

  constructor(model: ShowModel) {
    this.model = model
  }

  get engine(): Engine {
    const asked = {
      readShow: async (_show: string, since: number | null) => {
        this.readings += 1
        return this.model.read(since)
      },
      readVersions: async () => {
        this.looks += 1
        return { now: this.model.now, versions: new Map([[SHOW, this.model.version]]) }
      },
    }
    return asked as Partial<Engine> as Engine
  }
}

/**
 * The connection of a client that reads only when it is told to, with the client's view at its end.
 * Its buffer is full from `highWaterMark` bytes on.
 */
export class LazyReader extends Writable {
  readonly view = new LiveView({ now: () => 0, sleep: async () => {}, random: () => 0 })
  eventCount = 0
  readonly #parser = new EventParser({
    onEvent: ({ type, data }) => {
      this.eventCount += 1
      if (type === 'snapshot') this.view.replace(JSON.parse(data))
      else this.view.change(JSON.parse(data))
    },
    onRetry: () => {},
  })
  #unread: { readonly text: string; readonly done: () => void } | null = null

  constructor(highWaterMark: number) {
    super({ highWaterMark })
  }

  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    this.#unread = { text: bytes.toString(), done }
  }

  get hasUnread(): boolean {
    return this.#unread !== null
  }

  /** Reads one piece, and answers whether there was one. */
  async read(): Promise<boolean> {
    const unread = this.#unread
    if (unread === null) return false
    this.#unread = null
    this.#parser.push(unread.text)
    unread.done()
    // The stream tells of its drain, and is given the next piece, in the turns that follow.
    await new Promise(setImmediate)
    return true
  }

  async readAll(): Promise<void> {
    while (await this.read());
  }

  seats(): string[] {
    return Array.from(this.view.codes, (code, seat) => {
      return code === 1 ? `h${this.view.heldUntil(seat)}` : ('ahbx'[code] as string)
    })
  }
}
