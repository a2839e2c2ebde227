import type { Writable } from 'node:stream'

/** One event, as bytes that all listeners share. */
export interface Told {
  readonly bytes: Buffer
  readonly version: number
  /** Reading of the show that it reflects, counted from 1: events of later ones know more. */
  readonly reading: number
}

/** Calls that a listener makes to its show. */
export interface ListenerEvents {
  /** It can take more, and has missed something since its last event. */
  onCatchUp(listener: Listener): void
  onGone(listener: Listener): void
}

/**
 * One client of a stream. While it reads too slowly nothing is queued for it, so that it never
 * costs more memory than one event beyond its stream's mark; when it has caught up with its bytes,
 * it is told at once what it missed.
 */
export class Listener {
  readonly #stream: Writable
  readonly #events: ListenerEvents
  /** Since when its stream is full, in milliseconds of `performance.now()`; null if it is not. */
  #fullSince: number | null = null
  #missedSome = false
  #reading = 0
  #version = 0

  constructor(stream: Writable, events: ListenerEvents) {
    this.#stream = stream
    this.#events = events
    stream.on('drain', () => this.#drained())
    stream.on('close', () => events.onGone(this))
    // What breaks a stream also closes it.
    stream.on('error', () => {})
  }

  /** Version of the last event that was written to it. */
  get version(): number {
    return this.#version
  }

  /**
   * Writes an event, unless the stream is full: then the client gets it when it catches up. Who
   * came, or caught up, while others were being told knows it already.
   */
  tell({ bytes, version, reading }: Told): void {
    if (reading <= this.#reading) return
    if (this.#fullSince !== null) {
      this.#missedSome = true
      return
    }
    this.#version = version
    this.#reading = reading
    this.#write(bytes)
  }

  /** Writes a sign of life; cuts off who has not read anything for too long. */
  beat(bytes: Buffer, fullMsMax: number): 'beaten' | 'dropped' {
    if (this.#fullSince === null) this.#write(bytes)
    else if (performance.now() - this.#fullSince > fullMsMax) {
      this.#stream.destroy()
      return 'dropped'
    }
    return 'beaten'
  }

  /** Ends the stream; what it still has to send may be lost, and is told after a resume. */
  end(farewell: Buffer): void {
    if (this.#fullSince === null) this.#stream.end(farewell)
    else this.#stream.destroy()
  }

  #write(bytes: Buffer): void {
    if (!this.#stream.write(bytes)) this.#fullSince = performance.now()
  }

  #drained(): void {
    this.#fullSince = null
    if (!this.#missedSome) return
    this.#missedSome = false
    this.#events.onCatchUp(this)
  }
}
