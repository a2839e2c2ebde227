import type { Client, ShowView } from '../../src/client/index.ts'
import type { BestSeats, Hold } from '../../src/protocol/index.ts'
import type { MapConnection, SeatMapEvents } from './events.ts'
import type { MapPage } from './map-page.ts'
import { ATTRIBUTES, CALM_ATTRIBUTES, readSettings } from './map-settings.ts'
import { PriceList, type Prices } from './price-list.ts'
import styles from './seat-map.css?inline'
import type { SeatMapApi } from './seat-map-api.ts'
import type { SeatOfMap, Selection } from './seat-of-map.ts'
import { ShownShow } from './shown-show.ts'
import { TEXTS, type Texts } from './texts.ts'

/** A tab that nobody has looked at for so long needs no news. */
const REST_AFTER_MS = 60_000

/** A server that renders a page imports this as well, and has no elements. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement)

let sheet: CSSStyleSheet | undefined

/** Made in a script, and shared by all maps of a page: a strict policy allows such a sheet. */
function styleSheet(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(styles)
  }
  return sheet
}

/**
 * `<rowlock-seat-map show="hamlet" server="https://tickets.example.org">`: a show's seats, live.
 * Attributes: `show`, `server`, `key`, `max`, `hold-seconds`, `holder`, `mode`, `pick`, `controls`,
 * `remember`. Events: see `SeatMapEvents`.
 */
export class RowlockSeatMap extends Base implements SeatMapApi {
  static readonly observedAttributes: readonly string[] = ATTRIBUTES
  readonly #root = this.attachShadow({ mode: 'open' })
  #shown: ShownShow | null = null
  #isStale = false
  #prices: Prices = {}
  #list: PriceList | null = null
  #texts: Texts = TEXTS
  #leaving: AbortController | null = null
  #restTimer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    // A page may have set them before this script was there: then they hide what the class has.
    for (const name of ['prices', 'texts'] as const) {
      if (!Object.hasOwn(this, name)) continue
      const { value } = Object.getOwnPropertyDescriptor(this, name) ?? {}
      delete (this as Partial<RowlockSeatMap>)[name]
      this[name] = value
    }
  }

  connectedCallback(): void {
    this.#root.adoptedStyleSheets = [styleSheet()]
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    document.addEventListener('visibilitychange', () => this.#look(), { signal })
    this.#renew()
  }

  disconnectedCallback(): void {
    this.#leaving?.abort()
    clearTimeout(this.#restTimer)
    this.#shown?.close()
    this.#shown = null
    this.#root.replaceChildren()
  }

  attributeChangedCallback(name: string): void {
    if (name === 'currency') this.prices = this.#prices
    if (CALM_ATTRIBUTES.has(name)) this.#shown?.counter.refresh()
    else this.#renew()
  }

  get ready(): Promise<void> {
    return this.#now().ready.promise
  }

  get client(): Client {
    return this.#now().client
  }

  get view(): ShowView | null {
    return this.#shown?.view ?? null
  }

  get connection(): MapConnection {
    return this.#shown?.connection ?? 'connecting'
  }

  get selection(): Selection {
    return this.#shown?.counter.selection ?? { seats: [], places: [] }
  }

  get currentHold(): Hold | null {
    return this.#shown?.counter.sale.hold ?? null
  }

  get prices(): Prices {
    return this.#prices
  }

  set prices(prices: Prices) {
    this.#prices = { ...prices }
    this.#list = null
    this.#shown?.namePrices()
  }

  get texts(): Partial<Texts> {
    return this.#texts
  }

  set texts(texts: Partial<Texts>) {
    this.#texts = { ...TEXTS, ...texts }
    this.#renew()
  }

  /** Milliseconds that the layers took to draw in the last frame. For measuring. */
  get frameTimes(): Readonly<Record<string, number>> {
    return this.#now().face.board.stage.frameTimes
  }

  select(labels: readonly string[]): void {
    this.#now().counter.picking.select(labels)
  }

  clearSelection(): void {
    this.#now().counter.picking.clear()
  }

  hold(best?: BestSeats): Promise<Hold> {
    return this.#now().counter.hold(best)
  }

  release(labels?: readonly string[]): Promise<Hold | null> {
    return this.#now().counter.release(labels)
  }

  resumeHold(id: string): Promise<Hold> {
    return this.#now().counter.sale.resume(id)
  }

  focusSeat(label: string): boolean {
    return this.#now().focusSeat(label)
  }

  highlight(labels: readonly string[]): void {
    this.#now().highlight(labels)
  }

  seat(label: string): SeatOfMap | null {
    return this.#now().seat(label)
  }

  seatBox(label: string): DOMRect | null {
    return this.#now().seatBox(label)
  }

  fit(): void {
    this.#now().face.board.fit()
  }

  /** The tab is looked at again, or not any more. */
  #look(): void {
    clearTimeout(this.#restTimer)
    if (document.hidden) this.#restTimer = setTimeout(() => this.#shown?.rest(), REST_AFTER_MS)
    else this.#shown?.wake()
  }

  /** Attributes and properties often change together: one new beginning is enough for all. */
  #renew(): void {
    if (this.#isStale || !this.isConnected) return
    this.#isStale = true
    queueMicrotask(() => {
      if (this.#isStale && this.isConnected) this.#begin()
    })
  }

  /** Reads what is shown by the attributes as they are at this moment. */
  #now(): ShownShow {
    if (this.#isStale || this.#shown === null) this.#begin()
    return this.#shown as ShownShow
  }

  #begin(): void {
    this.#isStale = false
    this.#shown?.close()
    const shown = new ShownShow(this.#page())
    this.#shown = shown
    this.#root.replaceChildren(shown.face.element)
    if (this.hasAttribute('show')) void shown.open()
  }

  #priceList(): PriceList {
    const lang = this.closest('[lang]')?.getAttribute('lang') || undefined
    return new PriceList(this.#prices, readSettings(this).currency, lang)
  }

  /** Attributes and prices as they are whenever somebody asks. */
  #page(): MapPage {
    const element = this
    return {
      get settings() {
        return readSettings(element)
      },
      get prices() {
        element.#list ??= element.#priceList()
        return element.#list
      },
      texts: this.#texts,
      emit: (name, detail) => this.#emit(name, detail),
    }
  }

  #emit(name: keyof SeatMapEvents, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }))
  }
}

/** A property of the page's own making that the element has as well. */
declare global {
  interface HTMLElementTagNameMap {
    'rowlock-seat-map': RowlockSeatMap
  }
  interface HTMLElementEventMap extends SeatMapEvents {}
}
