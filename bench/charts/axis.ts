import type { Panel } from './chart.ts'

const STEPS = [1, 2, 2.5, 5, 10]
const TICKS_MAX = 5

/** Round values from 0 on, the last at or beyond all bars of the panels: they share one axis. */
export function ticksOf(panels: readonly Panel[]): number[] {
  const highest = Math.max(
    ...panels.flatMap(({ rows, mark }) => [
      mark?.at ?? 0,
      ...rows.flatMap(({ bars }) => bars.map(({ high }) => high)),
    ]),
  )
  const rough = highest / TICKS_MAX
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (STEPS.find((one) => one * power >= rough) ?? 10)
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, n) => n * step)
}
