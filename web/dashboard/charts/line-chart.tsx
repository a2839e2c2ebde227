import { useEffect, useRef } from 'preact/hooks'
import type { ChartLine, Columns, Plot } from './plot.ts'

/** Figures over time. What draws them is loaded when the first chart is looked at. */
export function LineChart(props: {
  label: string
  lines: readonly ChartLine[]
  columns: Columns
  format: (value: number) => string
}) {
  const { label, lines, columns, format } = props
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot | null>(null)
  const latest = useRef(columns)
  latest.current = columns
  useEffect(() => {
    let isGone = false
    void import('./plot.ts').then(({ Plot }) => {
      if (isGone || place.current === null) return
      plot.current = new Plot(place.current, lines, format, latest.current)
    })
    return () => {
      isGone = true
      plot.current?.close()
      plot.current = null
    }
  }, [lines, format])
  useEffect(() => plot.current?.setColumns(columns), [columns])
  return <div ref={place} class="chart" role="img" aria-label={label} />
}
