import { computed, type ReadonlySignal, signal } from '@preact/signals'

const EVERY_MS = 1_000

const local = signal(Date.now())
const aheadMs = signal(0)

setInterval(() => {
  if (!document.hidden) local.value = Date.now()
}, EVERY_MS)
document.addEventListener('visibilitychange', () => {
  local.value = Date.now()
})

/**
 * The database's time in milliseconds since 1970, brought forward every second. Only the database's
 * clock decides, so countdowns go by it and not by this computer's.
 */
export const now: ReadonlySignal<number> = computed(() => local.value + aheadMs.value)

/**
 * Counts the milliseconds that are left until an instant, for a countdown: `now` is up to a second
 * old, and a hold of ten minutes must not begin at 10:01.
 */
export function leftUntil(at: number): number {
  return Math.max(0, at - now.value - EVERY_MS + 1)
}

/** Less than this is the way of the news, not a difference of clocks. */
const SMALL_MS = 250

/** Sets the clock by what the server has just said. */
export function setClock(databaseNow: number): void {
  const ahead = databaseNow - Date.now()
  if (Math.abs(ahead - aheadMs.peek()) > SMALL_MS) aheadMs.value = ahead
}
