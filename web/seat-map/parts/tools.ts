import type { Texts } from '../texts.ts'
import { ICONS, icon, make } from './make.ts'

/** Events by which the tools ask. */
export interface ToolEvents {
  onZoom(factor: number): void
  onFit(): void
  /** Finds a seat, and tells whether there is one. */
  onFind(text: string): boolean
}

/** Buttons over the house: closer, farther, all of it, and a field that goes to a seat. */
export class Tools {
  readonly zoom: HTMLElement
  readonly find: HTMLFormElement
  readonly #field: HTMLInputElement

  constructor(events: ToolEvents, texts: Texts) {
    const button = (label: string, path: string, click: () => void) =>
      make('button', { type: 'button', 'aria-label': label, title: label, click }, icon(path))
    this.zoom = make(
      'div',
      { class: 'zoom' },
      button(texts.zoomIn, ICONS.plus, () => events.onZoom(1.6)),
      button(texts.zoomOut, ICONS.minus, () => events.onZoom(1 / 1.6)),
      button(texts.fit, ICONS.fit, () => events.onFit()),
    )
    this.#field = make('input', {
      type: 'text',
      'aria-label': texts.find,
      placeholder: texts.findExample,
      autocomplete: 'off',
      autocapitalize: 'characters',
      spellcheck: 'false',
      enterkeyhint: 'go',
      input: () => this.#field.removeAttribute('aria-invalid'),
    })
    this.find = make(
      'form',
      {
        class: 'find',
        role: 'search',
        submit: (event) => {
          event.preventDefault()
          const isFound = events.onFind(this.#field.value)
          if (isFound) this.#field.value = ''
          else this.#field.setAttribute('aria-invalid', 'true')
        },
      },
      make('label', {}, icon(ICONS.find), this.#field),
    )
  }
}
