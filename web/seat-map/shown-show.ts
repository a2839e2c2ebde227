import { type Client, createClient, RowlockError, type ShowView } from '../../src/client/index.ts'
import type { SeatMap, Show } from '../../src/protocol/index.ts'
import {
  categoryWords,
  describeSeat,
  type SeatFacts,
  seatName,
  seatNotes,
  toSeat,
} from './describe-seat.ts'
import type { MapConnection } from './events.ts'
import { Face } from './face.ts'
import { findSeat, type House } from './house/house.ts'
import { ArrivingMap } from './live/arriving-map.ts'
import { LiveShow } from './live/live-show.ts'
import type { MapPage } from './map-page.ts'
import { Counter } from './sale/counter.ts'
import { refusalText } from './sale/refusal-text.ts'
import type { SeatOfMap } from './seat-of-map.ts'

const MAX_DEFAULT = 10
/** A box office blocks whole rows at once. */
const MAX_OF_BOX_OFFICE = 1_000

/** One show on a map, from loading it to leaving it. */
export class ShownShow {
  readonly client: Client
  readonly counter: Counter
  readonly face: Face
  readonly ready = Promise.withResolvers<void>()
  view: ShowView | null = null
  connection: MapConnection = 'connecting'
  readonly #page: MapPage
  #live: LiveShow | null = null
  #house: House | null = null
  #terms: Show | null = null
  #highlighted: ReadonlySet<number> | null = null
  #isClosed = false

  constructor(page: MapPage) {
    const { server, key, picksAny } = page.settings
    this.#page = page
    this.client = createClient({ server, ...(key !== null && { key }) })
    this.counter = new Counter(page, this.client, {
      seats: () => this.#facts(),
      max: () => (picksAny ? MAX_OF_BOX_OFFICE : (this.#terms?.maxSeatsPerHold ?? MAX_DEFAULT)),
    })
    this.face = this.#makeFace()
    this.counter.face = this.face
    this.counter.onChange = () => this.#paint()
    // Whoever does not wait for it need not handle its end.
    this.ready.promise.catch(() => {})
  }

  /** Loads and follows the show. */
  async open(): Promise<void> {
    const { settings, texts } = this.#page
    this.face.cover(texts.loading, false)
    this.counter.refresh()
    const arriving = new ArrivingMap()
    try {
      const [terms, map] = await Promise.all([
        this.client.getShow(settings.show),
        this.client.getMap(settings.show, {
          onPart: (text, isFirst) => this.#arrive(arriving, text, isFirst),
        }),
      ])
      if (this.#isClosed) return
      this.#terms = terms
      this.#show(map)
      this.#page.emit('rowlock-ready', null)
      this.#follow()
      await this.counter.restore()
    } catch (error) {
      if (this.#isClosed) return
      // Nothing was bought yet: that nothing is done twice is no comfort here.
      const code = error instanceof RowlockError ? error.code : null
      const known = code === 'no_answer' ? texts.unanswered : texts.refusals[code ?? '']
      this.#fail(known ?? (error as Error).message, error)
    }
  }

  #arrive(arriving: ArrivingMap, text: string, isFirst: boolean): void {
    if (this.#isClosed) return
    arriving.take(text, isFirst)
    this.face.showArriving(arriving.outline, arriving.share)
  }

  close(): void {
    this.#isClosed = true
    this.#live?.close()
    this.counter.close()
    this.face.close()
  }

  /**
   * Follows no more until `wake`: a browser has six connections to a server over all its tabs, and
   * a seventh with a stream would hang.
   */
  rest(): void {
    this.#live?.close()
    this.#live = null
  }

  /** Somebody looks again. A tab that slept has not counted the time either. */
  wake(): void {
    if (this.#live === null && this.#house !== null && !this.#isClosed) this.#follow()
    void this.counter.sale.check()
  }

  /** Prices have changed. */
  namePrices(): void {
    if (this.#house !== null) this.face.name(this.#page.prices)
    if (this.view !== null) this.face.legend.setFree(this.#freeByCategory(this.view))
    this.face.reader.refresh()
    this.counter.refresh()
    this.face.board.stage.redraw('labels')
  }

  /** Shows a seat and puts the keyboard there. False when there is no such seat. */
  focusSeat(label: string): boolean {
    const seatNo = this.#house === null ? null : findSeat(this.#house, label)
    if (seatNo === null) return false
    this.face.reader.moveTo(seatNo, true)
    return true
  }

  /** Rings around these seats. */
  highlight(labels: readonly string[]): void {
    const seats = this.counter.picking.numbersOf(labels)
    this.#highlighted = seats.length > 0 ? new Set(seats) : null
    this.#paint()
    this.face.board.revealAll(seats)
  }

  /** Tells what is known of a seat, or null. */
  seat(label: string): SeatOfMap | null {
    const facts = this.#facts()
    const seatNo = facts === null ? null : findSeat(facts.house, label)
    return facts === null || seatNo === null ? null : toSeat(facts, seatNo)
  }

  /** In the browser's window. */
  seatBox(label: string): DOMRect | null {
    const seatNo = this.#house === null ? null : findSeat(this.#house, label)
    const place = seatNo === null ? null : this.face.board.place(seatNo)
    if (place === null) return null
    const { left, top } = this.face.board.element.getBoundingClientRect()
    const { x, y, radius } = place
    return new DOMRect(left + x - radius, top + y - radius, 2 * radius, 2 * radius)
  }

  #makeFace(): Face {
    const { settings, texts } = this.#page
    const { picking } = this.counter
    return new Face(settings, texts, {
      onPick: (seatNo) => this.counter.pick(seatNo),
      onPickArea: (section) => picking.addPlace(section),
      onFrame: (seats) => picking.add(seats),
      onHover: (seatNo, section) => this.#hover(seatNo, section),
      describeSection: (section) => this.#describeSection(section),
      describe: (seatNo) => this.#describe(seatNo),
      isPicked: (seatNo) => picking.choice.seats.has(seatNo) || picking.own.has(seatNo),
      isOpen: (seatNo) => picking.isOpen(seatNo),
      describeArea: (section) => this.#describeArea(section).join(', '),
      onFind: (text) => {
        const isFound = this.focusSeat(text)
        if (!isFound) this.counter.tell(texts.notFound(text), 'bad')
        return isFound
      },
      // Refusals have been told by then.
      onBest: (quantity) => void this.#holdBest(quantity).catch(() => {}),
      onHold: () => void this.counter.hold().catch(() => {}),
      onClear: () => picking.clear(),
      onRelease: () => void this.counter.release().catch(() => {}),
      onCategory: () => {
        this.#paint()
        this.counter.refresh()
      },
      onRetry: () => void this.open(),
    })
  }

  #holdBest(quantity: number) {
    const category = this.#house?.map.categories[this.face.legend.category ?? -1]
    return this.counter.hold({
      quantity,
      ...(category !== undefined && { category: category.key }),
      // A wheelchair place, and seats beside it for who comes along.
      ...(this.face.legend.onlyAccessible && { accessible: 1 }),
    })
  }

  #facts(): SeatFacts | null {
    const { texts, prices } = this.#page
    const { own } = this.counter.picking
    return this.#house === null ? null : { house: this.#house, view: this.view, own, texts, prices }
  }

  #show(map: SeatMap): void {
    this.#house = this.face.show(map, this.#terms?.title ?? map.name, this.#page.prices)
    this.counter.renumber()
    this.#paint()
  }

  #paint(): void {
    const { choice, own } = this.counter.picking
    const { category, onlyAccessible } = this.face.legend
    const picked = { picked: choice.seats, own, highlighted: this.#highlighted }
    const places = new Map(choice.places)
    for (const seatNo of own) {
      const section = this.#house?.map.seats.sections[seatNo] ?? -1
      const isPlace = this.#house?.rowOf[seatNo] === -1
      if (isPlace) places.set(section, (places.get(section) ?? 0) + 1)
    }
    this.face.board.setFacts({ ...picked, category, onlyAccessible }, places)
    this.face.reader.refresh()
  }

  #follow(): void {
    this.#live?.close()
    this.#live = new LiveShow(this.client, this.#page.settings.show, {
      onChange: (view, seats) => this.#changed(view, seats),
      onConnection: (connection) => this.#connected(connection),
      onEnd: (error) => this.#fail(refusalText(error, this.#page.texts), error),
    })
  }

  #fail(text: string, error: unknown): void {
    this.face.cover(`${this.#page.texts.failed} ${text}`, true)
    this.ready.reject(error)
  }

  #connected(connection: MapConnection): void {
    const { texts } = this.#page
    const before = this.connection
    this.connection = connection
    this.face.setConnection(connection)
    if (connection === 'lost') this.face.announcer.say(texts.lost)
    else if (before === 'lost') this.face.announcer.say(texts.back)
    // An expiry or a booking may have been missed.
    if (before !== 'connecting') void this.counter.sale.check()
    this.#page.emit('rowlock-status', { view: this.view, connection, seats: [] })
  }

  #changed(view: ShowView, seats: readonly number[] | null): void {
    this.view = view
    if (view.seatCount > (this.#house?.seatCount ?? 0)) void this.#loadMore()
    this.face.board.setStatuses(view, seats)
    this.face.legend.setFree(this.#freeByCategory(view))
    this.counter.takeNews(view)
    this.face.reader.refresh()
    this.ready.resolve()
    this.#page.emit('rowlock-status', { view, connection: this.connection, seats })
  }

  /** Seats were added to the show: its map is longer now. */
  async #loadMore(): Promise<void> {
    const map = await this.client.getMap(this.#page.settings.show).catch(() => null)
    if (map === null || this.#isClosed || map.seatCount === this.#house?.seatCount) return
    this.#show(map)
    if (this.view !== null) this.face.board.setStatuses(this.view, null)
  }

  #freeByCategory({ codes }: ShowView): Int32Array {
    const { categories, seatCount, map } = this.#house as House
    const free = new Int32Array(map.categories.length)
    for (let seatNo = 0; seatNo < seatCount; seatNo++) {
      if ((codes[seatNo] ?? 0) === 0) (free[categories[seatNo] as number] as number)++
    }
    return free
  }

  #describe(seatNo: number): string {
    const facts = this.#facts()
    const isPicked = this.counter.picking.choice.seats.has(seatNo)
    return facts === null ? '' : describeSeat(facts, seatNo, isPicked)
  }

  #describeArea(section: number): string[] {
    const facts = this.#facts()
    const area = facts?.house.areas.find((one) => one.section === section)
    if (facts === null || area === undefined) return []
    const { texts } = this.#page
    const { free, total } = this.face.board.free(section)
    const words = categoryWords(facts, area.category)
    return [area.name, texts.generalAdmission, ...words, texts.placesFree(free, total)]
  }

  /** From afar: what seats of a section cost, and how much of it is free. */
  #describeSection(section: number): string[] {
    const { texts, prices } = this.#page
    const { free, total, byCategory } = this.face.board.free(section)
    if (total === 0) return []
    const { categories = [] } = this.#house?.map ?? {}
    const open = categories.filter((_, index) => (byCategory[index] ?? 0) > 0)
    const range = prices.rangeOf(open.map(({ key }) => key))
    const isArea = this.#house?.map.sections[section]?.generalAdmission === true
    const left = isArea ? texts.left(free) : texts.share(free, total)
    return [...(range === null ? [] : [range]), left]
  }

  /** An area says on itself what there is to know. */
  #hover(seatNo: number | null, section: number | null): void {
    const { tooltip, board } = this.face
    const facts = this.#facts()
    if (section !== null && facts !== null) {
      this.#hoverSection(section)
      return
    }
    const place = seatNo === null ? null : board.place(seatNo)
    if (facts === null || seatNo === null || place === null) {
      tooltip.hide()
      return
    }
    const lines = [seatName(facts, seatNo), ...seatNotes(facts, seatNo)]
    tooltip.show(lines, place.x, place.y, place.radius, board.stage.camera?.width ?? 0)
  }

  #hoverSection(section: number): void {
    const { tooltip, board } = this.face
    const { texts } = this.#page
    const place = board.placeOfArea(section)
    if (place === null) return
    const { free, total } = board.free(section)
    const [range] = this.#describeSection(section).slice(0, -1)
    const name = this.#house?.map.sections[section]?.name ?? ''
    const lines = [name, ...(range === undefined ? [] : [range]), texts.seatsFree(free, total)]
    tooltip.show(lines, place.x, place.y, 10, board.stage.camera?.width ?? 0)
  }
}
