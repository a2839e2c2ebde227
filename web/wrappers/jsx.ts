import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { Prices, RowlockSeatMap, SeatMapEvents, Texts } from '../seat-map/index.ts'
import '../seat-map/index.ts'

/**
 * Attributes of `<rowlock-seat-map>` in JSX. From React 19 on; 18 sets no properties and hears no
 * events of elements' own making. There is no `key`: it is React's.
 */
export interface SeatMapElementAttributes
  extends DetailedHTMLProps<HTMLAttributes<RowlockSeatMap>, RowlockSeatMap>,
    SeatMapListeners {
  show: string
  server?: string | undefined
  max?: number | string | undefined
  'hold-seconds'?: number | string | undefined
  holder?: string | undefined
  mode?: 'view' | undefined
  pick?: 'any' | undefined
  controls?: string | undefined
  currency?: string | undefined
  remember?: boolean | '' | undefined
  prices?: Prices | undefined
  texts?: Partial<Texts> | undefined
  class?: string | undefined
}

/** `onrowlock-hold` hears `rowlock-hold`. */
export type SeatMapListeners = {
  [Name in keyof SeatMapEvents as `on${Name}`]?: ((event: SeatMapEvents[Name]) => void) | undefined
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'rowlock-seat-map': SeatMapElementAttributes
    }
  }
}
