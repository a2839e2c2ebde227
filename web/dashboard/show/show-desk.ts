import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { Client, ShowView, WriteOptions } from '../../../src/client/index.ts'
import { randomUuid } from '../../../src/client/random-uuid.ts'
import type { Counts } from '../../../src/protocol/index.ts'
import type { MapConnection, SeatMapApi, Selection, StatusDetail } from '../../seat-map/index.ts'
import { explain } from '../api/explain.ts'
import { noteAnswer } from '../api/reachability.ts'
import { setClock } from '../time/clock.ts'
import { JournalFeed } from './journal-feed.ts'
import type { Chain } from './ledger.ts'
import { type SeatsInWords, seatsInWords } from './seats-in-words.ts'

/** Facts that are known of a show just now. */
export interface Shown {
  readonly counts: Readonly<Counts>
  readonly version: number
  readonly connection: MapConnection
}

/** Seats of a booking that are to be given back for others, which are being picked. */
export interface Swap {
  readonly booking: Chain
  readonly from: readonly string[]
}

/** Something that was refused, and how to ask for the very same again. */
export interface Failure {
  readonly error: unknown
  readonly retry: () => void
}

const POINTED_MS = 1_500
const NOTHING: Selection = { seats: [], places: [] }
const NO_TROUBLE = { code: '', seats: [] }

/**
 * The desk of the box office at one show: what the map tells, what is picked, what is under way.
 * One stream feeds all of it, the map's own: a browser has only few connections to a server.
 */
export class ShowDesk {
  readonly key: string
  readonly client: Client
  /** Null for who may not read it. */
  readonly journal: JournalFeed | null
  readonly #shown = signal<Shown | null>(null)
  readonly #picked = signal<Selection>(NOTHING)
  readonly #busy = signal(false)
  readonly #failure = signal<Failure | null>(null)
  readonly #swap = signal<Swap | null>(null)
  readonly #opened = signal<string | null>(null)
  readonly #turn = signal(0)
  #map: SeatMapApi | null = null
  #areas: ReadonlyMap<string, string> = new Map()
  /** The seats in the way of what was refused have been seen taken. */
  #sawTaken = false
  #pointing: ReturnType<typeof setTimeout> | undefined

  constructor(key: string, client: Client, isReader: boolean) {
    this.key = key
    this.client = client
    this.journal = isReader ? new JournalFeed(client, key) : null
  }

  /** Null until the map has its first statuses. */
  get shown(): ReadonlySignal<Shown | null> {
    return this.#shown
  }

  /** Selection of the map, with each seat as it is now. */
  get picked(): ReadonlySignal<Selection> {
    return this.#picked
  }

  /** A command is under way: nothing else can be asked for. */
  get isBusy(): ReadonlySignal<boolean> {
    return this.#busy
  }

  get failure(): ReadonlySignal<Failure | null> {
    return this.#failure
  }

  get swap(): ReadonlySignal<Swap | null> {
    return this.#swap
  }

  /** Id of a hold, booking or block to be shown whose seats cannot be picked on the map. */
  get opened(): ReadonlySignal<string | null> {
    return this.#opened
  }

  /** Grows whenever something else is shown because it was asked for by name. */
  get turn(): ReadonlySignal<number> {
    return this.#turn
  }

  get map(): SeatMapApi | null {
    return this.#map
  }

  /** Seats in words; places of general admission by their number. */
  readonly list: SeatsInWords = (labels, namedMax) =>
    seatsInWords(labels, namedMax, (label) => {
      const seat = this.#map?.seat(label) ?? null
      return seat?.isPlace === true ? this.areaName(seat.section) : null
    })

  /** Name that people call a section; its key until the plan is known. */
  areaName(section: string | null): string {
    return this.#areas.get(section ?? '') ?? section ?? ''
  }

  /** The names of sections by their keys, once the plan is known. */
  nameAreas(sections: readonly { readonly key: string; readonly name: string }[]): void {
    this.#areas = new Map(sections.map(({ key, name }) => [key, name]))
  }

  close(): void {
    clearTimeout(this.#pointing)
    this.journal?.close()
  }

  /** The map is there, or (null) is gone. */
  setMap(map: SeatMapApi | null): void {
    this.#map = map
  }

  /** The map has news. */
  takeStatus({ view, connection }: StatusDetail): void {
    if (connection === 'lost') noteAnswer(false)
    if (connection === 'live') noteAnswer(true)
    if (view !== null) this.#takeView(view, connection)
    const { seats } = this.#picked.peek()
    if (seats.length > 0) this.#picked.value = this.#map?.selection ?? NOTHING
    this.#dropStaleRefusal()
  }

  /** A refusal says why seats could not be had: it goes when all of them are free again. */
  #dropStaleRefusal(): void {
    const failure = this.#failure.peek()
    const { code, seats } = failure === null ? NO_TROUBLE : explain(failure.error)
    if (code !== 'seats_unavailable' || seats.length === 0) return
    const statuses = seats.map(({ seat }) => this.#map?.seat(seat)?.status)
    const areFree = statuses.every((status) => status === 'available')
    // The refusal may be ahead of the stream: first they must have been seen taken.
    if (areFree && this.#sawTaken) this.#failure.value = null
    this.#sawTaken = !areFree
  }

  /** Something was picked, or not any more. */
  takePicked({ seats, places }: Selection): void {
    batch(() => {
      this.#picked.value = { seats, places }
      if (seats.length > 0 || places.length > 0) this.#opened.value = null
      this.#failure.value = null
    })
  }

  /** Picks these seats instead. */
  pick(labels: readonly string[]): void {
    this.#map?.select(labels)
  }

  /** Picks these seats instead, and shows where they are. */
  show(labels: readonly string[]): void {
    this.#turn.value += 1
    this.#map?.select(labels)
    this.point(labels)
  }

  /** Brings seats into view, and rings them for a moment. */
  point(labels: readonly string[]): void {
    clearTimeout(this.#pointing)
    this.#map?.highlight(labels)
    this.#pointing = setTimeout(() => this.#map?.highlight([]), POINTED_MS)
  }

  clear(): void {
    batch(() => {
      this.#map?.clearSelection()
      this.#opened.value = null
      this.#failure.value = null
      this.#swap.value = null
    })
  }

  /**
   * Shows a hold, a booking or a block: by picking its seats, or by its id where it has none any
   * more, or only places, which cannot be picked one by one.
   */
  open(id: string, seats: readonly string[]): void {
    batch(() => {
      this.#turn.value += 1
      this.#swap.value = null
      this.#map?.select(seats)
      const isPicked = (this.#map?.selection.seats.length ?? 0) > 0
      if (isPicked) this.point(seats)
      this.#opened.value = isPicked ? null : id
    })
  }

  startSwap(swap: Swap | null): void {
    this.#swap.value = swap
    this.#map?.clearSelection()
  }

  dismissFailure(): void {
    this.#failure.value = null
  }

  /**
   * Runs a command: one at a time, under one idempotency key however often it is tried. A refusal
   * is shown and not thrown. Answers whether it was done.
   */
  async run(command: (options: WriteOptions) => Promise<void>): Promise<boolean> {
    return this.#run(command, { idempotencyKey: randomUuid() })
  }

  async #run(
    command: (options: WriteOptions) => Promise<void>,
    options: WriteOptions,
  ): Promise<boolean> {
    if (this.#busy.peek()) return false
    batch(() => {
      this.#busy.value = true
      this.#failure.value = null
    })
    try {
      await command(options)
      return true
    } catch (error) {
      this.#failure.value = { error, retry: () => void this.#run(command, options) }
      this.#sawTaken = false
      this.#dropStaleRefusal()
      return false
    } finally {
      this.#busy.value = false
    }
  }

  #takeView(view: ShowView, connection: MapConnection): void {
    setClock(view.now())
    this.#shown.value = { counts: { ...view.counts }, version: view.version, connection }
    this.journal?.readTo(view.version)
  }
}
