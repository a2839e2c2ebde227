import { WORLD_CLOCK } from '../../../src/client/clock.ts'
import { type Client, RowlockError, type ShowView } from '../../../src/client/index.ts'
import { LiveView } from '../../../src/client/live-view.ts'
import type { MapConnection } from '../events.ts'

/** Events that a live show tells. */
export interface LiveEvents {
  /** `seats` are the numbers of those that changed, null when any may have. */
  onChange(view: ShowView, seats: readonly number[] | null): void
  onConnection(connection: MapConnection): void
  /** There is no such show, or it may not be seen: nothing more will come. */
  onEnd(error: RowlockError): void
}

const POLL_MS = 2_500
/** One failure may be a server that restarts. */
const FAILURES_BEFORE_POLLING = 2

/**
 * The statuses of a show as they change: from its stream, and where that does not come through (a
 * proxy that holds it back), by asking again and again.
 */
export class LiveShow {
  view: ShowView | null = null
  connection: MapConnection = 'connecting'
  readonly #client: Client
  readonly #show: string
  readonly #events: LiveEvents
  readonly #end = new AbortController()
  #isPolling = false

  constructor(client: Client, show: string, events: LiveEvents) {
    this.#client = client
    this.#show = show
    this.#events = events
    const { signal } = this.#end
    client.watchShow(show, {
      signal,
      onChange: (view, seats) => {
        this.#isPolling = false
        // A view that was polled meanwhile knows nothing of what the stream calls changed.
        const known = this.view === view ? seats : null
        this.view = view
        this.#say('live')
        events.onChange(view, known)
      },
      onConnection: ({ status, failedCount, error }) => {
        if (signal.aborted) return
        if (error?.code === 'show_unknown') return events.onEnd(error)
        if (status === 'live') return this.#say('live')
        if (status === 'ended' || failedCount >= FAILURES_BEFORE_POLLING) this.#startPolling()
        else if (status === 'waiting' && this.connection === 'live') this.#say('connecting')
      },
    })
  }

  close(): void {
    this.#isPolling = false
    this.#end.abort()
  }

  #startPolling(): void {
    if (this.#isPolling) return
    this.#isPolling = true
    void this.#poll()
  }

  async #poll(): Promise<void> {
    const { signal } = this.#end
    while (this.#isPolling && !signal.aborted) {
      try {
        const options = { signal, timeoutMs: 2 * POLL_MS }
        const statuses = await this.#client.getStatuses(this.#show, options)
        if (!this.#isPolling) return
        this.#take(statuses)
        this.#say('polling')
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof RowlockError && error.code === 'show_unknown') {
          return this.#events.onEnd(error)
        }
        if (this.#isPolling) this.#say('lost')
      }
      await WORLD_CLOCK.sleep(POLL_MS, signal)
    }
  }

  #take(statuses: Awaited<ReturnType<Client['getStatuses']>>): void {
    if (this.view?.version === statuses.version && this.connection === 'polling') {
      if (lettersAre(this.view, statuses.statuses)) return
    }
    const view = new LiveView(WORLD_CLOCK)
    view.replace({ ...statuses, holds: [] })
    this.view = view
    this.#events.onChange(view, null)
  }

  #say(connection: MapConnection): void {
    if (this.connection === connection) return
    this.connection = connection
    this.#events.onConnection(connection)
  }
}

/** Holds run out without a new version. */
function lettersAre({ codes }: ShowView, statuses: string): boolean {
  return codes.every((code, seatNo) => 'ahbx'[code] === statuses[seatNo])
}
