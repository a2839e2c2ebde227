import { clockTime } from '../describe-seat.ts'
import type { SaleStep } from '../sale/sale.ts'
import type { Texts } from '../texts.ts'
import { ICONS, icon, make } from './make.ts'
import { Stepper } from './stepper.ts'

/** One thing that is picked or held, with a button that takes it away. */
export interface Chip {
  readonly key: string
  readonly text: string
  readonly price: string | null
  /** Name of the button for those who listen. */
  readonly removal: string
  remove(): void
  /** For places: one more, one fewer. */
  readonly change?: { readonly quantity: number; set(quantity: number): void }
}

/** State that the panel shows. */
export interface PanelState {
  readonly step: SaleStep
  readonly chips: readonly Chip[]
  /** Seats and places picked. */
  readonly count: number
  /** All of them are places of general admission. */
  readonly arePlaces: boolean
  /** Price of all together, as it is read. */
  readonly total: string | null
  readonly message: string | null
  readonly tone: 'plain' | 'good' | 'bad'
  readonly quantityMax: number
  /** Name of the category that is asked for. */
  readonly category: string | null
  readonly onlyAccessible: boolean
  readonly canHold: boolean
}

/** Events of what people do in the panel. */
export interface PanelEvents {
  onBest(quantity: number): void
  onHold(): void
  onClear(): void
  onRelease(): void
}

/**
 * Below the house: what is picked, what to do with it, and how long it is held. Every state takes
 * the same room, so that nothing jumps under a finger.
 */
export class Panel {
  readonly element: HTMLElement
  readonly #texts: Texts
  readonly #stepper: Stepper
  readonly #chips = make('ul', { class: 'chips' })
  readonly #message = make('p', { class: 'message' })
  readonly #total = make('b', { class: 'total' })
  readonly #best: HTMLButtonElement
  readonly #hold: HTMLButtonElement
  readonly #time = make('span', { class: 'time' })
  readonly #groups: Readonly<Record<'choosing' | 'picked' | 'held', HTMLElement>>
  #state: PanelState | null = null
  #holdSeconds = 1

  constructor(events: PanelEvents, texts: Texts) {
    this.#texts = texts
    const button = (className: string, text: string, click: () => void) =>
      make('button', { type: 'button', class: className, click }, text)
    this.#stepper = new Stepper(texts, () => this.#nameBest())
    this.#best = button('main', '', () => events.onBest(this.#stepper.quantity))
    this.#hold = button('main', '', events.onHold)
    this.#groups = {
      choosing: make('div', { class: 'actions' }, this.#stepper.element, this.#best),
      picked: make(
        'div',
        { class: 'actions' },
        button('', texts.clear, events.onClear),
        this.#hold,
      ),
      held: make(
        'div',
        { class: 'actions' },
        make('span', { class: 'timer', role: 'timer', 'aria-label': texts.timeLeft }, this.#time),
        button('quiet', texts.release, events.onRelease),
        make('slot', { name: 'held' }),
      ),
    }
    const { choosing, picked, held } = this.#groups
    const line = make('div', { class: 'line' }, this.#message, this.#total)
    const words = make('div', { class: 'words' }, this.#chips, line)
    this.element = make('div', { class: 'panel' }, words, choosing, picked, held)
  }

  show(state: PanelState): void {
    const before = this.#state
    this.#state = state
    const { step, count, chips } = state
    const isHeld = step === 'held' || step === 'changing' || step === 'releasing'
    const group = isHeld ? 'held' : count > 0 || step === 'holding' ? 'picked' : 'choosing'
    for (const [name, element] of Object.entries(this.#groups)) {
      element.hidden = name !== group || !state.canHold
    }
    this.element.classList.toggle('busy', ['holding', 'changing', 'releasing'].includes(step))
    const { holding, hold, holdPlaces } = this.#texts
    const asking = state.arePlaces ? holdPlaces(count) : hold(count)
    this.#hold.textContent = step === 'holding' ? holding : asking
    this.#stepper.max = state.quantityMax
    this.#nameBest()
    if (!sameChips(before?.chips ?? [], chips)) this.#showChips(chips)
    this.#message.textContent = state.message ?? (chips.length > 0 ? '' : this.#texts.start)
    this.#message.dataset.tone = state.tone
    this.#total.textContent = state.total === null ? '' : this.#texts.total(state.total)
    this.element.classList.toggle('empty', chips.length === 0)
  }

  /** The countdown. */
  tick(secondsLeft: number, isFirst: boolean): void {
    if (isFirst) this.#holdSeconds = Math.max(secondsLeft, 1)
    this.#time.textContent = clockTime(secondsLeft)
    const timer = this.#time.parentElement as HTMLElement
    timer.style.setProperty('--share', String(Math.min(secondsLeft / this.#holdSeconds, 1)))
    timer.classList.toggle('urgent', secondsLeft <= 60 && secondsLeft < this.#holdSeconds / 3)
  }

  #nameBest(): void {
    const { quantity } = this.#stepper
    const { category = null, onlyAccessible = false } = this.#state ?? {}
    const { best, bestOf, bestAccessible } = this.#texts
    this.#best.textContent = onlyAccessible
      ? bestAccessible(quantity)
      : category === null
        ? best(quantity)
        : bestOf(quantity, category)
  }

  #showChips(chips: readonly Chip[]): void {
    const root = this.element.getRootNode() as ShadowRoot
    const at = [...this.#chips.children].findIndex((chip) => chip.contains(root.activeElement))
    this.#chips.replaceChildren(...chips.map((chip) => this.#makeChip(chip)))
    // The button that had the focus is gone: its neighbour has it now, or what comes next.
    if (at === -1) return
    const next = this.#chips.children[Math.min(at, chips.length - 1)]?.querySelector('button')
    const other = this.element.querySelector<HTMLElement>('.actions:not([hidden]) button')
    ;(next ?? other)?.focus()
  }

  #makeChip({ text, price, removal, remove, change }: Chip): HTMLElement {
    const button = (label: string, path: string, click: () => void) =>
      make('button', { type: 'button', 'aria-label': label, title: label, click }, icon(path))
    const cross = button(removal, ICONS.cross, remove)
    const words = [
      make('span', {}, text),
      ...(price === null ? [] : [make('span', { class: 'price' }, price)]),
    ]
    if (change === undefined) return make('li', {}, ...words, cross)
    const { quantity, set } = change
    return make(
      'li',
      {},
      ...words,
      button(`${text}: ${this.#texts.fewer}`, ICONS.minus, () => set(quantity - 1)),
      button(`${text}: ${this.#texts.more}`, ICONS.plus, () => set(quantity + 1)),
      cross,
    )
  }
}

function sameChips(some: readonly Chip[], others: readonly Chip[]): boolean {
  const keys = (chips: readonly Chip[]) =>
    chips.map(({ key, text, price }) => `${key} ${text} ${price}`).join('\n')
  return keys(some) === keys(others)
}
