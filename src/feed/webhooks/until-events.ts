import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 400

/** Waits for events of a show: looks, and looks again, until there are some or time is up. */
export async function untilEvents<Page extends { readonly events: readonly unknown[] }>(
  look: () => Promise<Page>,
  waitMs: number,
  isOver: () => boolean,
): Promise<Page> {
  const giveUpAt = performance.now() + waitMs
  for (;;) {
    const page = await look()
    if (page.events.length > 0 || performance.now() >= giveUpAt || isOver()) return page
    await delay(POLL_MS)
  }
}
