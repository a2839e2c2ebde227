import type { Texts } from '../texts.ts'
import { ICONS, icon, make } from './make.ts'

const QUANTITY_DEFAULT = 2

/** A quantity between one and a bound, by two buttons or the arrow keys. */
export class Stepper {
  readonly element: HTMLElement
  quantity = QUANTITY_DEFAULT
  readonly #value: HTMLElement
  readonly #fewer: HTMLButtonElement
  readonly #more: HTMLButtonElement
  readonly #onChange: () => void
  #max = 10

  constructor(texts: Texts, onChange: () => void) {
    this.#onChange = onChange
    const button = (label: string, path: string, step: number) =>
      make(
        'button',
        {
          type: 'button',
          'aria-label': label,
          title: label,
          click: () => this.#set(this.quantity + step),
        },
        icon(path),
      )
    this.#fewer = button(texts.fewer, ICONS.minus, -1)
    this.#more = button(texts.more, ICONS.plus, 1)
    this.#value = make('output', { 'aria-label': texts.quantity })
    const group = { class: 'stepper', role: 'group', 'aria-label': texts.quantity }
    this.element = make('div', group, this.#fewer, this.#value, this.#more)
    this.#show()
  }

  set max(max: number) {
    this.#max = max
    if (this.quantity > max) this.#set(max)
    else this.#show()
  }

  #set(quantity: number): void {
    this.quantity = Math.min(Math.max(quantity, 1), Math.max(this.#max, 1))
    this.#show()
    this.#onChange()
  }

  /** `aria-disabled` instead of `disabled`: a button that goes dead must not lose the focus. */
  #show(): void {
    this.#value.textContent = String(this.quantity)
    this.#fewer.setAttribute('aria-disabled', String(this.quantity <= 1))
    this.#more.setAttribute('aria-disabled', String(this.quantity >= this.#max))
  }
}
