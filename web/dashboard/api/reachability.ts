import { type ReadonlySignal, signal } from '@preact/signals'

const reached = signal(true)
let probe: ReturnType<typeof setTimeout> | undefined

/** A proxy answers with these when the server behind it does not. */
const GATEWAY: ReadonlySet<number> = new Set([502, 504])
/** Proxies keep the health routes inside. */
const PROBE = '/v1/shows?limit=1'

/** Milliseconds between two looks for a server that was lost. */
const LOOK_EVERY_MS = 3_000

/** True when the server answered when it was last asked for something. */
export const isReachable: ReadonlySignal<boolean> = reached

/**
 * `fetch` that notices when the server is lost, and looks for it until it is back. Whatever asks
 * regularly goes on asking; this is for pages that do not.
 */
export const watchedFetch: typeof fetch = async (input, init) => {
  try {
    const response = await fetch(input, init)
    noteAnswer(!GATEWAY.has(response.status))
    return response
  } catch (error) {
    if (init?.signal?.aborted !== true) noteAnswer(false)
    throw error
  }
}

/** For news that came, or did not, by other ways than `watchedFetch`. */
export function noteAnswer(came: boolean): void {
  reached.value = came
  clearTimeout(probe)
  if (!came) probe = setTimeout(lookNow, LOOK_EVERY_MS)
}

/** Asks whether the server is there, without waiting for the next time. */
export function lookNow(): void {
  clearTimeout(probe)
  void watchedFetch(PROBE).catch(() => {})
}
