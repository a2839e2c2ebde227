import {
  createElement,
  type ForwardRefExoticComponent,
  forwardRef,
  type HTMLAttributes,
  type RefAttributes,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react'
import type { RowlockSeatMap } from '../seat-map/index.ts'
import '../seat-map/index.ts'
import {
  attributesOf,
  type Detail,
  EVENT_NAMES,
  type EventName,
  giveProperties,
  type MapProps,
} from './map-props.ts'

/** Callbacks for the element's events: `onHold` is told the `detail` of `rowlock-hold`. */
export type SeatMapCallbacks = {
  readonly [Name in EventName as `on${Capitalize<Name>}`]?:
    | ((detail: Detail<Name>) => void)
    | undefined
}

/** Properties of `<SeatMap>`; whatever else an element of HTML may have goes to the element. */
export interface SeatMapProps
  extends MapProps,
    SeatMapCallbacks,
    Omit<HTMLAttributes<HTMLElement>, keyof MapProps | keyof SeatMapCallbacks> {}

/** React 18 complains of layout effects on a server, where none runs. */
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect

/** The seat map as a component of React, from 18 on. Its ref is the element. */
export const SeatMap: ForwardRefExoticComponent<SeatMapProps & RefAttributes<RowlockSeatMap>> =
  forwardRef<RowlockSeatMap, SeatMapProps>((props, ref) => {
    const element = useRef<RowlockSeatMap>(null)
    const latest = useRef(props)
    useImperativeHandle(ref, () => element.current as RowlockSeatMap, [])
    useBeforePaint(() => {
      latest.current = props
      giveProperties(element.current as RowlockSeatMap, props)
    })
    useBeforePaint(() => listen(element.current as RowlockSeatMap, () => latest.current), [])
    return createElement('rowlock-seat-map', {
      ...othersOf(props),
      ...attributesOf(props),
      ref: element,
      // React 18 would write `classname`.
      class: props.className,
    })
  })
SeatMap.displayName = 'SeatMap'

/** React 18 knows no events of elements' own making. */
function listen(element: RowlockSeatMap, latest: () => SeatMapCallbacks): () => void {
  const leaving = new AbortController()
  for (const name of EVENT_NAMES) {
    const heard = ({ detail }: CustomEvent) => latest()[callbackOf(name)]?.(detail as never)
    element.addEventListener(`rowlock-${name}`, heard, { signal: leaving.signal })
  }
  return () => leaving.abort()
}

function callbackOf<Name extends EventName>(name: Name): `on${Capitalize<Name>}` {
  return `on${name.charAt(0).toUpperCase()}${name.slice(1)}` as `on${Capitalize<Name>}`
}

/** Ours under the names of properties, which are no attributes. */
const OURS: ReadonlySet<string> = new Set([
  ...['holdSeconds', 'apiKey', 'prices', 'texts', 'className'],
  ...EVENT_NAMES.map(callbackOf),
])

function othersOf(props: SeatMapProps): Record<string, unknown> {
  return Object.fromEntries(Object.entries(props).filter(([name]) => !OURS.has(name)))
}
