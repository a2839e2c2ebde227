import type { Prices, RowlockSeatMap, SeatMapEvents, Texts } from '../seat-map/index.ts'

/** Attributes and properties of the element, by the names that components have for them. */
export interface MapProps {
  /** Key of the show. */
  readonly show: string
  /** Address of the server; the page's own when left out. */
  readonly server?: string | undefined
  /** Seats that may be picked at once; the show's `maxSeatsPerHold` when left out. */
  readonly max?: number | undefined
  /** Seconds that a hold lasts; the show's `holdSeconds` when left out. */
  readonly holdSeconds?: number | undefined
  /** Holder that the hold is for: the show's limit per holder counts by it. */
  readonly holder?: string | undefined
  /** `view`: nothing can be picked. */
  readonly mode?: 'view' | undefined
  /** `any`: taken seats can be picked, too. */
  readonly pick?: 'any' | undefined
  /** Parts to show: all when left out, `none` for the bare map. */
  readonly controls?: string | readonly string[] | undefined
  /** Currency of prices that are amounts, by ISO 4217. */
  readonly currency?: string | undefined
  /** Keeps the hold's id for as long as the tab is open. */
  readonly remember?: boolean | undefined
  /**
   * The element's `key`, a name that React and Vue keep for themselves: an operator's key or an API
   * key. Never in a public page; what a server renders leaves it out.
   */
  readonly apiKey?: string | undefined
  /** Price of each category, by its key. */
  readonly prices?: Prices | undefined
  /** Texts for another language. */
  readonly texts?: Partial<Texts> | undefined
}

/** The element's events by the names that components have for them: `hold` of `rowlock-hold`. */
export type EventName = keyof SeatMapEvents extends `rowlock-${infer Name}` ? Name : never

/** Detail of an event: the `detail` of the element's. */
export type Detail<Name extends EventName> = SeatMapEvents[`rowlock-${Name}`]['detail']

/** One entry for each event: a missing one does not compile. */
const NAMES: Readonly<Record<EventName, true>> = {
  ready: true,
  select: true,
  hold: true,
  change: true,
  release: true,
  expire: true,
  confirm: true,
  refusal: true,
  status: true,
}
/** Events that components listen to. */
export const EVENT_NAMES = Object.keys(NAMES) as readonly EventName[]

/**
 * Makes the attributes that stand in the document, and that a server renders: no key, which is
 * nobody's business.
 */
export function attributesOf(props: MapProps): Record<string, string | undefined> {
  const { controls } = props
  return {
    show: props.show,
    server: props.server,
    max: props.max?.toString(),
    'hold-seconds': props.holdSeconds?.toString(),
    holder: props.holder,
    mode: props.mode,
    pick: props.pick,
    controls:
      controls === undefined || typeof controls === 'string' ? controls : controls.join(' '),
    currency: props.currency,
    remember: props.remember ? '' : undefined,
  }
}

type Given = Pick<MapProps, 'apiKey' | 'prices' | 'texts'>

/**
 * Properties that elements were given last. Functions among the texts are looked up here when they
 * speak.
 */
const given = new WeakMap<RowlockSeatMap, Given>()

/**
 * Gives the element what no attribute can say, where it differs from what it has. A component makes
 * new objects whenever it renders, and new texts draw the map anew, without its hold.
 */
export function giveProperties(element: RowlockSeatMap, props: Given): void {
  const { apiKey, prices, texts }: Given = given.get(element) ?? {}
  given.set(element, { apiKey: props.apiKey, prices: props.prices, texts: props.texts })
  if (props.apiKey !== apiKey) {
    if (props.apiKey === undefined) element.removeAttribute('key')
    else element.setAttribute('key', props.apiKey)
  }
  if (!isSame(props.prices, prices)) element.prices = props.prices ?? {}
  if (!isSame(props.texts, texts)) element.texts = textsOf(element, props.texts ?? {})
}

/** Functions count as one another: those of the last render are asked in any case. */
function isSame(one: object = {}, other: object = {}): boolean {
  const [entries, others] = [Object.entries(one), new Map(Object.entries(other))]
  if (entries.length !== others.size) return false
  return entries.every(([name, value]) => {
    const last = others.get(name)
    return value === last || (typeof value === 'function' && typeof last === 'function')
  })
}

type Speaker = (...told: readonly unknown[]) => unknown

function textsOf(element: RowlockSeatMap, texts: Partial<Texts>): Partial<Texts> {
  const entries = Object.entries(texts).map(([name, text]) => {
    if (typeof text !== 'function') return [name, text]
    const latest = () => (given.get(element)?.texts as Record<string, Speaker>)[name] as Speaker
    return [name, (...told: readonly unknown[]) => latest()(...told)]
  })
  return Object.fromEntries(entries)
}
