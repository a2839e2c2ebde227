import type { Client, RowlockError, ShowView } from '../../../src/client/index.ts'
import type { BestSeats, Hold, HoldSeatsBody } from '../../../src/protocol/index.ts'
import { type SeatFacts, seatName, toSeat } from '../describe-seat.ts'
import type { Face } from '../face.ts'
import type { House } from '../house/house.ts'
import type { MapPage } from '../map-page.ts'
import type { Chip, PanelState } from '../parts/panel.ts'
import type { Selection } from '../seat-of-map.ts'
import { Adding } from './adding.ts'
import { categoryOf, heldChips, pickedCategories, pickedChips } from './chips.ts'
import { HoldMemory } from './hold-memory.ts'
import { Picking, type PickingFacts } from './picking.ts'
import { refusalText } from './refusal-text.ts'
import { Sale } from './sale.ts'
import { SPOKEN_AT, spokenTime } from './spoken-time.ts'

/** Facts about what the counter sells. */
export interface CounterFacts {
  /** Null before the map is there. */
  seats(): SeatFacts | null
  /** Seats that the show lets one hold have. */
  max(): number
}

const REFUSED_MS = 6_000

/** Picks, holds and gives back seats, and tells people what came of it. */
export class Counter {
  readonly picking: Picking
  readonly sale: Sale
  readonly #page: MapPage
  readonly #facts: CounterFacts
  readonly #memory: HoldMemory
  readonly #adding: Adding
  #face: Face | null = null
  #message: { text: string; tone: PanelState['tone'] } | null = null
  /** Seats of a hold that has run out, and not seen free yet. */
  #expiredSeats: readonly string[] = []
  /** Seats that the message is about, because they could not be had; seen taken or not yet. */
  #inTheWay: { seats: readonly number[]; wasSeen: boolean } | null = null
  #refusedTimer: ReturnType<typeof setTimeout> | undefined
  /** Called when looks may have changed. */
  onChange: () => void = () => {}

  constructor(page: MapPage, client: Client, facts: CounterFacts) {
    this.#page = page
    this.#facts = facts
    this.#memory = new HoldMemory(page.settings)
    this.sale = new Sale(client, page.settings.show, {
      onStep: () => this.refresh(),
      onTick: (secondsLeft) => this.#tick(secondsLeft),
      onHold: (hold) => this.#held(hold),
      onChange: (hold) => this.#changed(hold),
      onRelease: (hold) => this.#released(hold),
      onExpire: (hold) => this.#expired(hold),
      onConfirm: (hold) => this.#confirmed(hold),
      onRefusal: (error) => this.#refused(error),
    })
    this.picking = new Picking(() => this.#pickingFacts(), {
      onChange: (seatNo, lost) => this.#picked(seatNo, lost),
      onRefused: (text, isMistake) => this.tell(text, isMistake ? 'bad' : 'plain'),
      say: (text) => this.#face?.announcer.say(text),
    })
    this.#adding = new Adding(this.sale, this.picking.choice, () => {
      this.onChange()
      this.refresh()
    })
  }

  /** The face on which all this is seen. */
  set face(face: Face) {
    this.#face = face
  }

  get selection(): Selection {
    const facts = this.#facts.seats()
    if (facts === null) return { seats: [], places: [] }
    const { choice } = this.picking
    const seats = [...choice.seats].map((seatNo) => toSeat(facts, seatNo))
    return { seats, places: choice.toBody(facts.house).places ?? [] }
  }

  close(): void {
    clearTimeout(this.#refusedTimer)
    this.sale.close()
  }

  /** Holds what is picked, or the best seats; adds them to the hold, where there is one. */
  hold(best?: BestSeats): Promise<Hold> {
    this.#message = null
    const { hold } = this.sale
    if (hold === null) return this.sale.take(this.#bodyOf(best))
    return best === undefined ? Promise.resolve(hold) : this.sale.change({ best })
  }

  #bodyOf(best?: BestSeats): HoldSeatsBody {
    const { holdSeconds, holder } = this.#page.settings
    const house = this.#facts.seats()?.house
    const picked = house === undefined ? {} : this.picking.choice.toBody(house)
    return {
      ...(best === undefined ? picked : { best }),
      ...(holdSeconds !== null && { holdSeconds }),
      ...(holder !== null && { holder }),
    }
  }

  release(labels?: readonly string[]): Promise<Hold | null> {
    return this.sale.giveBack(labels)
  }

  /** The hold that this tab had before the page was loaded anew. */
  restore(): Promise<void> {
    return this.#memory.restore((id) => this.sale.resume(id))
  }

  /** Somebody has pressed a seat. */
  pick(seatNo: number): void {
    this.#message = null
    this.#expiredSeats = []
    if (this.picking.own.has(seatNo)) this.#drop(seatNo)
    else if (this.sale.step === 'changing' && this.picking.choice.seats.has(seatNo)) {
      this.tell(this.#page.texts.oneMoment, 'plain')
    } else this.picking.toggle(seatNo)
  }

  /** A seat of the hold was pressed. */
  #drop(seatNo: number): void {
    const { hold, step } = this.sale
    if (hold === null || step !== 'held') this.tell(this.#page.texts.oneMoment, 'plain')
    else
      this.#giveBack(
        hold,
        hold.seats.filter((label) => this.picking.numbersOf([label])[0] === seatNo),
      )
  }

  #giveBack(hold: Hold, labels: readonly string[]): void {
    const isAll = hold.seats.length === labels.length
    this.release(isAll ? undefined : labels).catch(() => {})
  }

  /** After news: seats may be gone that were picked, and the hold may have ended. */
  takeNews(view: ShowView): void {
    const { hold, step } = this.sale
    // News may come before the answer: what looks taken then may well be taken by us.
    if (step === 'choosing' && !this.sale.isInDoubt(this.#bodyOf())) this.picking.dropTaken()
    if (this.#expiredSeats.length > 0) this.#pickAgain()
    this.#dropStaleRefusal(view)
    if (hold === null || step !== 'held' || view.version < hold.version) return
    const isOver = [...this.picking.own].some((seatNo) => view.statusOf(seatNo) !== 'held')
    if (isOver) void this.sale.check()
  }

  /** Seats that were in the way are free again: what is said of them is true no more. */
  #dropStaleRefusal(view: ShowView): void {
    const found = this.#inTheWay
    if (found === null || found.seats.length === 0) return
    const areFree = found.seats.every((seatNo) => view.statusOf(seatNo) === 'available')
    if (!areFree) found.wasSeen = true
    if (!areFree || !found.wasSeen) return
    this.#mark([])
    this.#message = null
    this.refresh()
  }

  /** A map was drawn whose seats may have other numbers. */
  renumber(): void {
    if (this.sale.hold !== null) this.#own(this.sale.hold)
    this.refresh()
  }

  tell(text: string, tone: PanelState['tone'], aloud = true): void {
    if (tone !== 'bad') this.#inTheWay = null
    this.#message = { text, tone }
    if (aloud) this.#face?.announcer.say(text)
    this.refresh()
  }

  /** Brings the panel up to date. */
  refresh(): void {
    const { settings } = this.#page
    const category = this.#face?.legend.category ?? null
    const house = this.#facts.seats()?.house
    this.#face?.panel.show({
      step: this.sale.step,
      chips: this.#chips(),
      count: this.picking.choice.count,
      arePlaces: this.picking.choice.count > 0 && this.picking.choice.seats.size === 0,
      total: house === undefined ? null : this.#total(house),
      message: this.#message?.text ?? (house === undefined ? this.#page.texts.loading : null),
      tone: this.#message?.tone ?? 'plain',
      quantityMax: this.#max(),
      category: house?.map.categories[category ?? -1]?.name ?? null,
      onlyAccessible: this.#face?.legend.onlyAccessible ?? false,
      canHold: !settings.isView && house !== undefined,
    })
  }

  #chips(): Chip[] {
    const facts = this.#facts.seats()
    const { hold } = this.sale
    if (facts === null) return []
    if (hold === null) return pickedChips(facts, this.picking)
    return heldChips(facts, hold, this.picking, (labels) => this.#giveBack(hold, labels))
  }

  /** Price of what is held, or else picked, where the page says what seats cost. */
  #total(house: House): string | null {
    const { own } = this.picking
    const categories =
      this.sale.hold === null
        ? pickedCategories(house, this.picking)
        : [...own].map((seatNo) => categoryOf(house, seatNo))
    return this.#page.prices.totalOf(categories)
  }

  #max(): number {
    return this.#page.settings.max ?? this.#facts.max()
  }

  #pickingFacts(): PickingFacts {
    const { settings, texts } = this.#page
    const facts = this.#facts.seats()
    return {
      house: facts?.house ?? null,
      view: facts?.view ?? null,
      texts,
      isView: settings.isView,
      picksAny: settings.picksAny,
      max: this.#max(),
      isWaiting: this.sale.step === 'holding' || this.sale.step === 'releasing',
      name: (seatNo) => (facts === null ? '' : seatName(facts, seatNo, false)),
      free: (section) => this.#face?.board.free(section).free ?? 0,
    }
  }

  #picked(seatNo: number | null, lost: readonly number[]): void {
    const facts = this.#facts.seats()
    if (facts === null) return
    if (lost.length > 0) {
      const names = lost.map((one) => facts.house.map.seats.labels[one]).join(', ')
      this.#mark(lost)
      this.tell(this.#page.texts.justTaken(names), 'bad')
    }
    this.onChange()
    this.refresh()
    this.#page.emit('rowlock-select', {
      ...this.selection,
      seat: seatNo === null ? null : toSeat(facts, seatNo),
      lost: lost.map((one) => toSeat(facts, one)),
    })
    void this.#adding.go(facts.house)
  }

  #held(hold: Hold): void {
    const { texts } = this.#page
    this.#memory.keep(hold.id)
    this.#own(hold)
    this.picking.choice.clear()
    const arePlaces = this.#arePlaces()
    const text = (arePlaces ? texts.heldPlaces : texts.held)(hold.seats.length)
    const isApart = hold.seats.length > 1 && !hold.together && !arePlaces
    this.tell(isApart ? `${text}. ${texts.notTogether}` : text, 'good', false)
    this.#face?.panel.tick(this.sale.secondsLeft, true)
    const time = spokenTime(this.sale.secondsLeft, texts)
    this.#face?.announcer.say(`${text}: ${hold.seats.join(', ')}. ${texts.timeLeftSpoken(time)}`)
    this.onChange()
    this.#face?.board.revealAll([...this.picking.own], true)
    this.#page.emit('rowlock-hold', { hold })
  }

  /** The hold has other seats, and the time that it had. */
  #changed(hold: Hold): void {
    const { texts } = this.#page
    this.#own(hold)
    const text = (this.#arePlaces() ? texts.heldPlaces : texts.held)(hold.seats.length)
    // What was in the way is still to be read when the rest has been added.
    if (this.#message?.tone !== 'bad') this.tell(text, 'good', false)
    this.#face?.announcer.say(`${text}: ${hold.seats.join(', ')}.`)
    this.onChange()
    this.#page.emit('rowlock-change', { hold })
  }

  #arePlaces(): boolean {
    const house = this.#facts.seats()?.house
    return [...this.picking.own].every((seatNo) => house?.rowOf[seatNo] === -1)
  }

  #released(hold: Hold): void {
    if (hold.status === 'live') this.#own(hold)
    else this.#forget()
    this.tell(this.#page.texts.released, 'plain')
    this.onChange()
    this.#page.emit('rowlock-release', { hold })
  }

  /** Picks again what was held, where it is still free: one press holds it anew. */
  #expired(hold: Hold): void {
    this.#forget()
    this.#page.emit('rowlock-expire', { hold })
    this.tell(this.#page.texts.expired, 'bad')
    this.#expiredSeats = hold.seats
    this.#pickAgain()
  }

  /** The news that a seat is free may come a moment after the hold's end, but not much later. */
  #pickAgain(): void {
    const seats = this.picking.numbersOf(this.#expiredSeats)
    const view = this.#facts.seats()?.view ?? null
    const isAllFree = view !== null && seats.every((one) => view.statusOf(one) === 'available')
    if (!isAllFree) {
      this.onChange()
      return
    }
    this.#expiredSeats = []
    this.picking.add(seats)
    this.tell(this.#page.texts.expiredStillFree, 'bad')
  }

  #confirmed(hold: Hold): void {
    this.#forget()
    this.tell(this.#page.texts.confirmed(hold.seats.length), 'good')
    this.onChange()
    this.#page.emit('rowlock-confirm', { hold })
  }

  #refused(error: RowlockError): void {
    const text = refusalText(error, this.#page.texts)
    const seats = error.details.seats ?? []
    const numbers = this.picking.numbersOf(seats.map(({ seat }) => seat))
    this.#mark(numbers)
    this.tell(text, 'bad')
    this.#page.emit('rowlock-refusal', { code: error.code, message: text, seats, error })
    if (error.code !== 'seats_unavailable') {
      if (!this.sale.isInDoubt(this.#bodyOf())) this.picking.dropTaken()
      return
    }
    const gone = new Set(numbers)
    const lost = this.picking.choice.drop((seatNo) => gone.has(seatNo))
    this.onChange()
    this.refresh()
    const facts = this.#facts.seats()
    if (facts === null || lost.length === 0) return
    const lostSeats = lost.map((one) => toSeat(facts, one))
    this.#page.emit('rowlock-select', { ...this.selection, seat: null, lost: lostSeats })
  }

  #tick(secondsLeft: number): void {
    const { texts } = this.#page
    this.#face?.panel.tick(secondsLeft, false)
    if (!SPOKEN_AT.has(secondsLeft)) return
    this.#face?.announcer.say(texts.timeLeftSpoken(spokenTime(secondsLeft, texts)))
  }

  #own({ seats }: Hold): void {
    this.picking.own = new Set(this.picking.numbersOf(seats))
  }

  #forget(): void {
    this.#expiredSeats = []
    this.#memory.forget()
    this.picking.own = new Set()
  }

  /** Crosses on the seats that were in the way, for a while. */
  #mark(seats: readonly number[]): void {
    clearTimeout(this.#refusedTimer)
    this.#inTheWay = { seats, wasSeen: false }
    this.#face?.board.setRefused(new Set(seats))
    this.#refusedTimer = setTimeout(() => this.#face?.board.setRefused(new Set()), REFUSED_MS)
  }
}
