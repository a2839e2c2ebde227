import type { SeatMap } from '../../src/protocol/index.ts'
import { Board, type BoardEvents } from './board.ts'
import { readTheme, THEME_COLORS, type Theme, type ThemeColor } from './drawing/theme.ts'
import type { MapConnection } from './events.ts'
import type { House } from './house/house.ts'
import type { MapSettings } from './map-settings.ts'
import { Announcer } from './parts/announcer.ts'
import { Legend } from './parts/legend.ts'
import { make } from './parts/make.ts'
import { Panel, type PanelEvents } from './parts/panel.ts'
import { Reader, type ReaderEvents } from './parts/reader.ts'
import { type ToolEvents, Tools } from './parts/tools.ts'
import { Tooltip } from './parts/tooltip.ts'
import type { PriceList } from './price-list.ts'
import type { Texts } from './texts.ts'

/** Events of what people do anywhere on the face of the map. */
export interface FaceEvents
  extends Omit<BoardEvents, 'onMove' | 'onScroll'>,
    Omit<ReaderEvents, 'onFocus' | 'onFocusArea' | 'onBlur'>,
    PanelEvents,
    Pick<ToolEvents, 'onFind'> {
  onCategory(category: number | null): void
  onRetry(): void
}

const HINT_MS = 1_500

/** Everything that is seen of a map, put together. Knows nothing of servers. */
export class Face {
  readonly element: HTMLElement
  readonly board: Board
  readonly reader: Reader
  readonly panel: Panel
  readonly legend: Legend
  readonly tooltip = new Tooltip()
  readonly announcer = new Announcer()
  readonly #texts: Texts
  readonly #events: FaceEvents
  readonly #probes = {} as Record<ThemeColor, HTMLElement>
  readonly #cover = make('div', { class: 'cover' })
  readonly #progress: HTMLElement
  readonly #badge = make('div', { class: 'badge' })
  readonly #hint = make('div', { class: 'hint', 'aria-hidden': 'true' })
  #hintTimer: ReturnType<typeof setTimeout> | undefined
  #map: SeatMap | null = null
  #focusedArea: number | null = null

  constructor(settings: MapSettings, texts: Texts, events: FaceEvents) {
    this.#texts = texts
    this.#events = events
    this.#progress = make('div', {
      class: 'progress',
      role: 'progressbar',
      'aria-label': texts.loading,
      hidden: true,
    })
    this.legend = new Legend(() => events.onCategory(this.legend.category), this.#badge)
    this.board = new Board({
      onPick: events.onPick,
      onPickArea: events.onPickArea,
      onFrame: events.onFrame,
      onHover: events.onHover,
      describeSection: events.describeSection,
      onMove: () => this.#moved(),
      onScroll: () => this.#showHint(),
    })
    this.reader = new Reader({
      describe: events.describe,
      isPicked: events.isPicked,
      isOpen: events.isOpen,
      describeArea: events.describeArea,
      onPick: events.onPick,
      onPickArea: events.onPickArea,
      onFocus: (seatNo) => {
        this.#focusedArea = null
        this.board.reveal(seatNo)
        this.#placeFocus()
      },
      onFocusArea: (section) => {
        this.#focusedArea = section
        this.#placeFocus()
      },
      onBlur: () => this.tooltip.hide(),
    })
    this.panel = new Panel(events, texts)
    this.element = this.#assemble(settings)
  }

  close(): void {
    clearTimeout(this.#hintTimer)
    this.board.close()
  }

  /** Draws a house, and names everything after it. */
  show(map: SeatMap, name: string, prices: PriceList): House {
    this.#map = map
    const house = this.board.show(map, this.#readTheme(map))
    this.name(prices)
    this.reader.element.setAttribute('aria-label', this.#texts.mapOf(name))
    this.reader.show(house)
    this.#cover.hidden = true
    this.#progress.hidden = true
    return house
  }

  /** Draws the sections of a house whose seats are on their way, and how many of them have come. */
  showArriving(outline: SeatMap | null, share: number): void {
    if (outline !== null && outline.sections.length > 1 && this.board.house === null) {
      this.board.show(outline, this.#readTheme(outline))
      this.#cover.hidden = true
    }
    this.#progress.hidden = share === 0
    this.#progress.setAttribute('aria-valuenow', String(Math.floor(100 * share)))
    this.#progress.style.setProperty('--share', String(share))
  }

  /** Writes the legend. */
  name(prices: PriceList): void {
    const map = this.#map
    if (map === null) return
    const used = new Set(map.seats.categories)
    const hasAccessible = map.seats.flags.some((flags) => (flags & 1) !== 0)
    this.legend.show(map.categories, used, prices, this.#texts, hasAccessible)
    this.legend.paint(this.#readTheme(map))
  }

  /** Covers the map with a text; with a way to try again, if there is one. */
  cover(text: string, canRetry: boolean): void {
    const retry = make(
      'button',
      { type: 'button', click: () => this.#events.onRetry() },
      this.#texts.retry,
    )
    this.#cover.replaceChildren(make('p', {}, text), ...(canRetry ? [retry] : []))
    this.#cover.hidden = false
    this.#progress.hidden = true
  }

  setConnection(connection: MapConnection): void {
    const { live, polling, lost } = this.#texts
    const words = { connecting: '', live, polling, lost }
    this.#badge.textContent = words[connection]
    this.#badge.dataset.connection = connection
  }

  #assemble(settings: MapSettings): HTMLElement {
    const { controls, isView } = settings
    const tools = new Tools(
      {
        onZoom: (factor) => this.board.zoom(factor),
        onFit: () => this.board.fit(),
        onFind: (text) => this.#events.onFind(text),
      },
      this.#texts,
    )
    const swipes = ([-1, 1] as const).map((step) =>
      make(
        'button',
        { type: 'button', tabindex: '-1', click: () => this.reader.step(step) },
        step === 1 ? this.#texts.nextRow : this.#texts.previousRow,
      ),
    )
    const probes = make('div', { class: 'probes', 'aria-hidden': 'true' })
    for (const name of THEME_COLORS) {
      this.#probes[name] = make('i')
      this.#probes[name].style.color = `var(--_${name})`
      probes.append(this.#probes[name])
    }
    // A probe's colour takes a millisecond to change: that is how a new theme makes itself known.
    probes.addEventListener('transitionend', () => this.#repaint())
    const howTo = make('div', { class: 'unseen', id: 'how-to' }, this.#texts.howTo)
    this.reader.element.setAttribute('aria-describedby', 'how-to')
    const stage = make(
      'div',
      { class: 'stage', keydown: (event) => this.#key(event as KeyboardEvent) },
      this.board.element,
      this.reader.element,
      make('div', { class: 'unseen' }, ...swipes),
      this.tooltip.element,
      ...(controls.has('find') ? [tools.find] : []),
      ...(controls.has('zoom') ? [tools.zoom] : []),
      this.#hint,
      this.#cover,
      this.#progress,
    )
    if (!controls.has('connection')) this.#badge.classList.add('unwanted')
    this.panel.element.classList.toggle('no-best', !controls.has('best'))
    return make(
      'div',
      { class: 'face' },
      ...(controls.has('legend')
        ? [this.legend.element]
        : [make('div', { class: 'badge-line' }, this.#badge)]),
      stage,
      ...(controls.has('hold') && !isView ? [this.panel.element] : []),
      howTo,
      this.announcer.element,
      probes,
    )
  }

  #readTheme(map: SeatMap): Theme {
    const font = getComputedStyle(this.element).fontFamily || 'system-ui'
    return readTheme(this.#probes, font, map.categories)
  }

  #repaint(): void {
    if (this.#map === null) return
    const theme = this.#readTheme(this.#map)
    this.board.setTheme(theme)
    this.legend.paint(theme)
  }

  #moved(): void {
    this.tooltip.hide()
    this.#placeFocus()
  }

  /** The reader's current cell lies over its seat: the ring around it is the browser's own. */
  #placeFocus(): void {
    const { seatNo, cell } = this.reader
    const area = this.#focusedArea
    const focused = (this.reader.element.getRootNode() as ShadowRoot).activeElement
    const element = cell ?? (focused instanceof HTMLElement ? focused : null)
    if (element === null || !this.reader.hasFocus) return
    const place =
      seatNo !== null
        ? this.board.place(seatNo)
        : area === null
          ? null
          : { radius: 40, ...(this.board.placeOfArea(area) ?? { x: 0, y: 0 }) }
    if (place === null) return
    const half = Math.max(place.radius + 3, 12)
    element.style.width = element.style.height = `${2 * half}px`
    element.style.transform = `translate(${place.x - half}px, ${place.y - half}px)`
  }

  #showHint(): void {
    this.#hint.textContent = this.#texts.scrollToZoom
    this.#hint.classList.add('shown')
    clearTimeout(this.#hintTimer)
    this.#hintTimer = setTimeout(() => this.#hint.classList.remove('shown'), HINT_MS)
  }

  /** Keys of the whole stage; those of the reader never come here. */
  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.composedPath()[0] instanceof HTMLInputElement) return
    const acts: Record<string, () => void> = {
      '+': () => this.board.zoom(1.6),
      '=': () => this.board.zoom(1.6),
      '-': () => this.board.zoom(1 / 1.6),
      '0': () => this.board.fit(),
      ...(event.shiftKey && {
        ArrowLeft: () => this.board.pan(-0.25, 0),
        ArrowRight: () => this.board.pan(0.25, 0),
        ArrowUp: () => this.board.pan(0, -0.25),
        ArrowDown: () => this.board.pan(0, 0.25),
      }),
    }
    const act = acts[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
}
