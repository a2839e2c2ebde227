import type { Interval } from '../meter.ts'

/** Describes an interval in one line. */
export function describeInterval({ seconds, done, refused, reads, ...rest }: Interval): string {
  const rate = (count: number) => Math.round(count / Math.max(seconds, 0.001))
  const { commandMs, busy, broken } = rest
  const parts = [
    `${rate(done + refused + reads)}/s`,
    `${rate(done)} done`,
    `${rate(refused)} refused`,
    `${rate(reads)} reads`,
    `p50 ${milliseconds(commandMs.p50)}`,
    `p99 ${milliseconds(commandMs.p99)}`,
  ]
  if (busy > 0) parts.push(`${busy} busy`)
  if (broken > 0) parts.push(`${broken} broken`)
  return parts.join(' · ')
}

/** Milliseconds, as exact as somebody wants to know them. */
export function milliseconds(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`
}
