import type { Texts } from '../texts.ts'

/** `4 minutes 30 seconds`, for those who listen. */
export function spokenTime(seconds: number, texts: Texts): string {
  const minutes = Math.floor(seconds / 60)
  const rest = seconds % 60
  const parts = [
    ...(minutes > 0 ? [texts.minutes(minutes)] : []),
    ...(rest > 0 || minutes === 0 ? [texts.seconds(rest)] : []),
  ]
  return parts.join(' ')
}

/** Seconds left at which the time is said aloud: often enough to act, too seldom to annoy. */
export const SPOKEN_AT: ReadonlySet<number> = new Set([300, 120, 60, 30, 10])
