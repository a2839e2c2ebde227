import type { ShowView } from '../../src/client/index.ts'
import type { SeatMap } from '../../src/protocol/index.ts'
import { radiusPx } from './drawing/draw-seats.ts'
import { LOOKS, type LookFacts, lookOf } from './drawing/looks.ts'
import { type Free, isOverview, type Scene } from './drawing/scene.ts'
import { LAYERS, Stage } from './drawing/stage.ts'
import type { Theme } from './drawing/theme.ts'
import { type Area, isInside } from './house/areas.ts'
import { nearestSeat, pointsOf, seatsIn } from './house/find-seats.ts'
import { type House, type SectionFrame, toHouse } from './house/house.ts'
import { Gestures } from './input/gestures.ts'
import { make } from './parts/make.ts'

/** Events of what people do on the board. */
export interface BoardEvents {
  onPick(seatNo: number): void
  onPickArea(section: number): void
  /** A frame was drawn around these seats. */
  onFrame(seats: readonly number[]): void
  /** The pointer is over a seat, or from afar over a section, or over neither. */
  onHover(seatNo: number | null, section: number | null): void
  onMove(): void
  onScroll(): void
  describeSection(section: number): readonly string[]
}

/** CSS pixels between neighbours below which a tap looks closer instead of picking. */
const TAP_PITCH_MIN: Readonly<Record<string, number>> = { mouse: 9, pen: 18, touch: 22 }
/** Pitch that it looks at then: targets of 24 CSS pixels and more (WCAG 2.5.8). */
const CLOSE_PITCH = 34
const KEYBOARD_PITCH_MIN = 26
/** From here on seats of a section can be told, and tapped to look closer still. */
const SECTION_PITCH_MIN = 5

/** The drawn house: shows it, moves it, and tells what is under a finger. */
export class Board {
  readonly element: HTMLElement
  readonly stage = new Stage()
  house: House | null = null
  readonly #events: BoardEvents
  readonly #gestures: Gestures
  readonly #sizes: ResizeObserver
  readonly #frame = make('div', { class: 'frame-line', hidden: true })
  #scene: Scene | null = null
  #view: ShowView | null = null
  #facts: LookFacts = {
    picked: new Set(),
    own: new Set(),
    category: null,
    onlyAccessible: false,
    highlighted: null,
  }

  constructor(events: BoardEvents) {
    this.#events = events
    const canvases = LAYERS.map((layer) => this.stage.canvases[layer])
    this.element = make('div', { class: 'board' }, ...canvases, this.#frame)
    this.stage.onMove = () => {
      // While all of it is in view a finger scrolls the page; two always pinch.
      this.element.style.touchAction = this.stage.camera?.isFit === false ? 'none' : 'pan-y'
      events.onMove()
    }
    this.#gestures = new Gestures(this.element, this.stage, {
      onTap: (x, y, { pointerType }) => this.#tap(x, y, pointerType),
      onHover: (x, y) => this.#hover(x, y),
      onLeave: () => this.#hover(null, null),
      onFrame: (from, to) => events.onFrame(this.#seatsBetween(from, to)),
      onFrameMove: (from, to) => this.#showFrame(from, to),
      onScroll: events.onScroll,
    })
    this.#sizes = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {}
      if (width > 0 && height > 0) this.stage.resize(width, height)
    })
    this.#sizes.observe(this.element)
  }

  close(): void {
    this.#gestures.close()
    this.#sizes.disconnect()
    this.stage.close()
  }

  /** Shows a plan. What was known of its seats' statuses is forgotten. */
  show(map: SeatMap, theme: Theme): House {
    // Its sections may have been shown before its seats came, and been looked at.
    const keepsView = this.house?.seatCount === 0
    const house = toHouse(map)
    this.house = house
    this.#scene = {
      house,
      theme,
      looks: new Uint8Array(house.seatCount),
      sections: new Map(),
      places: new Map(),
      hovered: null,
      hoveredArea: null,
      highlighted: null,
      refused: new Set(),
      category: null,
      rulers: { left: 0, top: 0 },
      describeSection: (section) => this.#events.describeSection(section),
    }
    this.stage.show(this.#scene, keepsView)
    this.#look(null)
    return house
  }

  setTheme(theme: Theme): void {
    if (this.#scene === null) return
    this.#scene.theme = theme
    this.stage.redraw()
  }

  /** Seats have become something else: those numbers, or any when null. */
  setStatuses(view: ShowView, seats: readonly number[] | null): void {
    this.#view = view
    this.#countFree(view)
    this.#look(seats)
    // Free places stand in areas and sections.
    this.stage.redraw('ground', 'labels')
  }

  /** Takes in what is picked, held, or asked for. */
  setFacts(facts: LookFacts, places: ReadonlyMap<number, number>): void {
    this.#facts = facts
    if (this.#scene === null) return
    this.#scene.highlighted = facts.highlighted
    this.#scene.category = facts.category
    this.#scene.places = places
    this.#look(null)
    this.stage.redraw('ground', 'labels')
  }

  setRefused(seats: ReadonlySet<number>): void {
    if (this.#scene === null) return
    this.#scene.refused = seats
    this.stage.redraw('labels')
  }

  free(section: number): Free {
    return this.#scene?.sections.get(section) ?? { free: 0, total: 0, byCategory: [] }
  }

  fit(): void {
    const { camera } = this.stage
    if (camera !== null) this.stage.flyTo(camera.fitted)
  }

  /** Zooms around the middle. */
  zoom(factor: number): void {
    const { house } = this
    const { camera } = this.stage
    if (house === null || camera === null) return
    const view = camera.zoomed(factor, camera.width / 2, camera.height / 2)
    // The middle of an arena is where nobody sits: then what is nearest to it comes into view.
    const reach = Math.min(camera.width, camera.height) / 2 / view.scale
    const isSeen = (area: Area) => isInside(area.outline, view.x, view.y)
    const isEmpty =
      factor > 1 && house.index.nearest(view.x, view.y, reach) === null && !house.areas.some(isSeen)
    const seatNo = isEmpty ? nearestSeat(house, view.x, view.y) : null
    if (seatNo === null) this.stage.flyTo(view)
    else {
      const [x, y] = [house.xs[seatNo] as number, house.ys[seatNo] as number]
      this.stage.flyTo({ x, y, scale: view.scale })
    }
  }

  /** Moves by a share of the viewport. */
  pan(dx: number, dy: number): void {
    const { camera } = this.stage
    if (camera === null) return
    const { x, y, scale } = camera
    this.stage.flyTo({
      x: x + (dx * camera.width) / scale,
      y: y + (dy * camera.height) / scale,
      scale,
    })
  }

  /** Brings a seat into view, large enough to be seen. */
  reveal(seatNo: number): void {
    const { house, stage } = this
    const { camera } = stage
    if (house === null || camera === null) return
    const [x, y] = [house.xs[seatNo] as number, house.ys[seatNo] as number]
    const scale = Math.max(camera.scale, KEYBOARD_PITCH_MIN / house.pitch)
    const at = camera.toPx(x, y)
    const margin = Math.min(64, camera.width / 5, camera.height / 5)
    const isSeen =
      at.x > margin &&
      at.y > margin &&
      at.x < camera.width - margin &&
      at.y < camera.height - margin
    if (!isSeen || scale > camera.scale) stage.flyTo({ x, y, scale })
  }

  /** Shows these seats together. Does not move where they can be seen already, if so wanted. */
  revealAll(seats: readonly number[], onlyIfHidden = false): void {
    const { house, stage } = this
    const { camera } = stage
    if (house === null || camera === null || seats.length === 0) return
    if (onlyIfHidden && camera.pitchPx > 8 && seats.every((seatNo) => this.#isSeen(seatNo))) return
    const points = seats.flatMap((seatNo) => pointsOf(house, seatNo))
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
    const [left, right] = [Math.min(...xs), Math.max(...xs)]
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
    const margin = 6 * house.pitch
    const scale = Math.min(
      camera.width / (right - left + margin),
      camera.height / (bottom - top + margin),
      Math.max(CLOSE_PITCH / house.pitch, camera.scale),
    )
    stage.flyTo({ x: (left + right) / 2, y: (top + bottom) / 2, scale })
  }

  /** Middle of a seat on the screen, and its radius, in CSS pixels from the board's corner. */
  place(seatNo: number): { x: number; y: number; radius: number } | null {
    const { house } = this
    const { camera } = this.stage
    if (house === null || camera === null) return null
    const at = camera.toPx(house.xs[seatNo] as number, house.ys[seatNo] as number)
    return { ...at, radius: radiusPx(camera) }
  }

  /** Place of an area's, or a section's, name on the screen. */
  placeOfArea(section: number): { x: number; y: number } | null {
    const { areas = [], frames = [] } = this.house ?? {}
    const found = [...areas, ...frames].find((one) => one.section === section)
    return found === undefined
      ? null
      : (this.stage.camera?.toPx(found.centre.x, found.centre.y) ?? null)
  }

  #isSeen(seatNo: number): boolean {
    const { camera } = this.stage
    const place = this.place(seatNo)
    if (camera === null || place === null) return false
    const { x, y } = place
    return x > 0 && y > 0 && x < camera.width && y < camera.height
  }

  #look(seats: readonly number[] | null): void {
    const { house } = this
    if (house === null || this.#scene === null) return
    const codes = this.#view?.codes
    const { looks } = this.#scene
    const flags = house.map.seats.flags
    const set = (seatNo: number) => {
      const code = codes?.[seatNo] ?? LOOKS.available
      const category = house.categories[seatNo] as number
      looks[seatNo] = lookOf(seatNo, code, category, flags[seatNo] ?? 0, this.#facts)
    }
    if (seats === null) for (let seatNo = 0; seatNo < house.seatCount; seatNo++) set(seatNo)
    else for (const seatNo of seats) if (seatNo < house.seatCount) set(seatNo)
    this.stage.redraw('seats')
  }

  #countFree({ codes }: ShowView): void {
    const scene = this.#scene
    if (scene === null) return
    const { map, categories, seatCount } = scene.house
    const sections = map.seats.sections
    const count = map.sections.length
    const width = Math.max(map.categories.length, 1)
    const total = new Int32Array(count)
    const free = new Int32Array(count)
    const byCategory = new Int32Array(count * width)
    for (let seatNo = 0; seatNo < seatCount; seatNo++) {
      const section = sections[seatNo] as number
      if (section < 0) continue
      ;(total[section] as number)++
      if ((codes[seatNo] ?? 0) !== LOOKS.available) continue
      ;(free[section] as number)++
      ;(byCategory[section * width + (categories[seatNo] as number)] as number)++
    }
    scene.sections = new Map(
      Array.from(free, (value, section) => {
        const part = byCategory.subarray(section * width, (section + 1) * width)
        return [section, { free: value, total: total[section] as number, byCategory: part }]
      }),
    )
  }

  #tap(px: number, py: number, pointerType: string): void {
    const { house, stage } = this
    const { camera } = stage
    if (house === null || camera === null || this.#isInRuler(px, py)) return
    const block = this.#blockAt(px, py, true)
    if (block !== null) {
      this.#enter(block)
      return
    }
    const seatNo = this.#seatAt(px, py, pointerType)
    if (seatNo === null) {
      const section = this.#areaAt(px, py)
      if (section !== null) this.#events.onPickArea(section)
      return
    }
    if (camera.pitchPx >= (TAP_PITCH_MIN[pointerType] ?? 18)) {
      this.#events.onPick(seatNo)
    } else stage.flyTo(camera.zoomed(CLOSE_PITCH / camera.pitchPx, px, py))
  }

  /** From afar: the section under a pointer; or near it, for a finger. */
  #blockAt(px: number, py: number, orNear = false): SectionFrame | null {
    const { camera } = this.stage
    if (this.#scene === null || camera === null || !isOverview(this.#scene, camera)) return null
    const { x, y } = camera.toPlan(px, py)
    const frames = this.house?.frames ?? []
    const found = frames.find(({ outline }) => isInside(outline, x, y))
    if (found !== undefined || !orNear) return found ?? null
    const seatNo = this.#seatAt(px, py, 'touch') ?? -1
    const section = this.house?.map.seats.sections[seatNo]
    return frames.find((frame) => frame.section === section) ?? null
  }

  /** Looks at one section, as near as it fits, but so near that its seats can be told. */
  #enter({ outline }: SectionFrame): void {
    const { house, stage } = this
    const { camera } = stage
    if (house === null || camera === null) return
    const [xs, ys] = [outline.map(({ x }) => x), outline.map(({ y }) => y)]
    const [left, right] = [Math.min(...xs), Math.max(...xs)]
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
    const margin = 3 * house.pitch
    const fit = Math.min(
      camera.width / (right - left + margin),
      camera.height / (bottom - top + margin),
    )
    const scale = Math.max(fit, SECTION_PITCH_MIN / house.pitch)
    stage.flyTo({ x: (left + right) / 2, y: (top + bottom) / 2, scale })
  }

  #isInRuler(px: number, py: number): boolean {
    const { left, top } = this.#scene?.rulers ?? { left: 0, top: 0 }
    return px < left || py < top
  }

  #seatAt(px: number, py: number, pointerType: string): number | null {
    const { house } = this
    const { camera } = this.stage
    if (house === null || camera === null) return null
    const { x, y } = camera.toPlan(px, py)
    // A finger need not hit exactly: half the way to the neighbour counts.
    const reachPx = Math.max(0.62 * camera.pitchPx, pointerType === 'mouse' ? 4 : 14)
    return house.index.nearest(x, y, reachPx / camera.scale)
  }

  #areaAt(px: number, py: number): number | null {
    const { x, y } = this.stage.camera?.toPlan(px, py) ?? { x: 0, y: 0 }
    const area = this.house?.areas.find(({ outline }) => isInside(outline, x, y))
    return area?.section ?? null
  }

  #hover(px: number | null, py: number | null): void {
    const scene = this.#scene
    if (scene === null) return
    const isNear = (this.stage.camera?.pitchPx ?? 0) >= (TAP_PITCH_MIN.mouse as number)
    const isOut = px === null || py === null || this.#isInRuler(px, py)
    const seatNo = isOut || !isNear ? null : this.#seatAt(px, py, 'mouse')
    const block = isOut ? null : (this.#blockAt(px, py)?.section ?? null)
    const area = isOut || seatNo !== null ? null : (block ?? this.#areaAt(px, py))
    if (scene.hovered === seatNo && scene.hoveredArea === area) return
    if (scene.hoveredArea !== area) this.stage.redraw('ground')
    scene.hovered = seatNo
    scene.hoveredArea = area
    this.element.style.cursor = seatNo !== null || area !== null ? 'pointer' : ''
    this.stage.redraw('labels')
    this.#events.onHover(seatNo, block)
  }

  #showFrame(from: { x: number; y: number }, to: { x: number; y: number } | null): void {
    this.#frame.hidden = to === null
    if (to === null) return
    const { style } = this.#frame
    style.left = `${Math.min(from.x, to.x)}px`
    style.top = `${Math.min(from.y, to.y)}px`
    style.width = `${Math.abs(from.x - to.x)}px`
    style.height = `${Math.abs(from.y - to.y)}px`
  }

  #seatsBetween(a: { x: number; y: number }, b: { x: number; y: number }): number[] {
    const { house } = this
    const { camera } = this.stage
    if (house === null || camera === null) return []
    const one = camera.toPlan(Math.min(a.x, b.x), Math.min(a.y, b.y))
    const other = camera.toPlan(Math.max(a.x, b.x), Math.max(a.y, b.y))
    return seatsIn(house, { left: one.x, top: one.y, right: other.x, bottom: other.y })
  }
}
