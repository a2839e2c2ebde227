import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { RowlockSeatMap, SeatMapEvents } from '../seat-map/index.ts'
import '../seat-map/index.ts'
import type { MapProps } from './map-props.ts'

/**
 * Attributes of `<rowlock-seat-map>` in JSX. From React 19 on; 18 sets no properties and hears no
 * events of elements' own making. There is no `key`: it is React's.
 */
export interface SeatMapElementAttributes
  extends DetailedHTMLProps<HTMLAttributes<RowlockSeatMap>, RowlockSeatMap>,
    SeatMapListeners,
    SameAsProps {
  max?: number | string | undefined
  'hold-seconds'?: number | string | undefined
  controls?: string | undefined
  remember?: boolean | '' | undefined
  class?: string | undefined
}

/** Attributes that are what components call them, and hold the same. */
type SameAsProps = Pick<
  MapProps,
  'show' | 'server' | 'holder' | 'mode' | 'pick' | 'currency' | 'prices' | 'texts'
>

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
