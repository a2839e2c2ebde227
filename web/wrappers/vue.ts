import { type FunctionalComponent, h, type PropType, type VNode } from 'vue'
import type { Prices, RowlockSeatMap, Texts } from '../seat-map/index.ts'
import '../seat-map/index.ts'
import {
  attributesOf,
  type Detail,
  EVENT_NAMES,
  type EventName,
  giveProperties,
  type MapProps,
} from './map-props.ts'

/** Properties of `<SeatMap>`. */
export type SeatMapProps = MapProps

/** Events that it emits: `@hold` is told the `detail` of `rowlock-hold`. */
export type SeatMapEmits = { [Name in EventName]: (detail: Detail<Name>) => void }

/** The seat map as a component of Vue 3. A function, because the ref of one is its element. */
export const SeatMap: FunctionalComponent<SeatMapProps, SeatMapEmits> = (props, context) => {
  const { slots } = context
  const { controls, ...attributes } = attributesOf(props)
  const emit = context.emit as (name: EventName, detail: unknown) => void
  // Read while it renders, so that prices which are changed in place count, too.
  const given = { apiKey: props.apiKey, prices: { ...props.prices }, texts: { ...props.texts } }
  const give = ({ el }: VNode) => giveProperties(el as RowlockSeatMap, given)
  const listeners = EVENT_NAMES.map((name) => [
    `onRowlock-${name}`,
    ({ detail }: CustomEvent) => emit(name, detail),
  ])
  return h(
    'rowlock-seat-map',
    {
      ...attributes,
      // A server knows `controls` of videos, which has no value. In HTML, both are one name.
      Controls: controls,
      ...Object.fromEntries(listeners),
      onVnodeBeforeMount: give,
      onVnodeUpdated: give,
    },
    slots.default?.(),
  )
}
SeatMap.displayName = 'SeatMap'
SeatMap.props = {
  show: { type: String, required: true },
  server: String,
  max: Number,
  holdSeconds: Number,
  holder: String,
  mode: String as PropType<'view'>,
  pick: String as PropType<'any'>,
  controls: [String, Array] as PropType<string | readonly string[]>,
  currency: String,
  remember: Boolean,
  apiKey: String,
  prices: Object as PropType<Prices>,
  texts: Object as PropType<Partial<Texts>>,
} satisfies Record<keyof MapProps, unknown>
SeatMap.emits = [...EVENT_NAMES]
