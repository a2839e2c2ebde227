import type { Category } from '../../../src/protocol/index.ts'
import { drawSeat, type SeatLook } from '../drawing/seat-shapes.ts'
import { seatColors } from '../drawing/sprites.ts'
import type { Theme } from '../drawing/theme.ts'
import type { PriceList } from '../price-list.ts'
import { TEXTS, type Texts } from '../texts.ts'
import { ICONS, icon, make } from './make.ts'

const SWATCH_PX = 20
const KEY_LOOKS = ['held', 'booked', 'blocked', 'own'] as const

interface Entry {
  readonly swatch: HTMLCanvasElement
  readonly category: number
  readonly look: SeatLook
}

/** Price categories, each a switch that lets the others fade, and what the marks mean. */
export class Legend {
  readonly element: HTMLElement
  /** Index of the only category that is asked for, or null. */
  category: number | null = null
  readonly #categories = make('div', { class: 'categories', role: 'group' })
  readonly #key = make('ul', { class: 'key' })
  readonly #badge: HTMLElement
  /** Only accessible seats are asked for. */
  onlyAccessible = false
  readonly #onChange: () => void
  #texts: Texts = TEXTS
  #entries: Entry[] = []
  #buttons = new Map<number, { button: HTMLButtonElement; free: HTMLElement }>()

  /** `badge` tells how the map gets its news; it stands with what the marks mean. */
  constructor(onChange: () => void, badge: HTMLElement) {
    this.#onChange = onChange
    this.#badge = badge
    const line = make('div', { class: 'key-line' }, this.#key, this.#badge)
    this.element = make('div', { class: 'legend' }, this.#categories, line)
  }

  show(
    categories: readonly Category[],
    used: ReadonlySet<number>,
    prices: PriceList,
    texts: Texts,
    hasAccessible: boolean,
  ): void {
    this.#texts = texts
    this.#entries = []
    this.#buttons.clear()
    this.#categories.setAttribute('aria-label', texts.legend)
    this.#key.setAttribute('aria-label', texts.key)
    this.#categories.replaceChildren(
      ...categories.flatMap((category, index) =>
        used.has(index) ? [this.#makeCategory(category, index, prices, texts)] : [],
      ),
      ...(hasAccessible ? [this.#makeAccessible(texts)] : []),
    )
    const first = Math.max(
      categories.findIndex((_, index) => used.has(index)),
      0,
    )
    this.#key.replaceChildren(
      ...KEY_LOOKS.map((look) =>
        make('li', {}, this.#makeSwatch(first, look), texts.keyStatus[look]),
      ),
    )
    this.#press()
  }

  /** Draws the swatches in the theme's colours. */
  paint(theme: Theme): void {
    const ratio = Math.min(devicePixelRatio || 1, 3)
    for (const { swatch, category, look } of this.#entries) {
      swatch.width = swatch.height = SWATCH_PX * ratio
      const context = swatch.getContext('2d') as CanvasRenderingContext2D
      context.scale(ratio, ratio)
      const middle = SWATCH_PX / 2
      const seat = { look, category, x: middle, y: middle, radius: 7.5 }
      drawSeat(context, seatColors(theme, category), seat)
    }
  }

  /** Takes in how many seats of each category are free. */
  setFree(free: ArrayLike<number>): void {
    for (const [category, { free: element }] of this.#buttons) {
      element.textContent = this.#texts.left(free[category] ?? 0)
    }
  }

  #makeCategory(
    { key, name }: Category,
    index: number,
    prices: PriceList,
    texts: Texts,
  ): HTMLElement {
    const free = make('span', { class: 'free' })
    const price = prices.textOf(key)
    const button = make(
      'button',
      {
        type: 'button',
        class: 'category',
        title: texts.onlyCategory(name),
        click: () => {
          this.category = this.category === index ? null : index
          this.#press()
          this.#onChange()
        },
      },
      this.#makeSwatch(index, 'available'),
      make('span', {}, name),
      ...(price === null ? [] : [make('span', { class: 'price' }, price)]),
      free,
    )
    this.#buttons.set(index, { button, free })
    return button
  }

  #makeAccessible(texts: Texts): HTMLElement {
    const button = make(
      'button',
      {
        type: 'button',
        class: 'category',
        'aria-pressed': String(this.onlyAccessible),
        title: texts.onlyAccessible,
        click: () => {
          this.onlyAccessible = !this.onlyAccessible
          button.setAttribute('aria-pressed', String(this.onlyAccessible))
          this.#onChange()
        },
      },
      icon(ICONS.wheelchair),
      make('span', {}, texts.accessibleSeats),
    )
    return button
  }

  #makeSwatch(category: number, look: SeatLook): HTMLCanvasElement {
    const swatch = make('canvas', { 'aria-hidden': 'true' })
    this.#entries.push({ swatch, category, look })
    return swatch
  }

  #press(): void {
    for (const [index, { button }] of this.#buttons) {
      button.setAttribute('aria-pressed', String(this.category === index))
    }
  }
}
