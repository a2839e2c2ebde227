import { make } from './make.ts'

/** Says things to people who listen: one after the other, none twice in a row for nothing. */
export class Announcer {
  readonly element: HTMLElement = make('div', {
    class: 'unseen',
    role: 'status',
    'aria-live': 'polite',
    'aria-atomic': 'true',
  })

  /** Replaces what was said; the same text again is said again. */
  say(text: string): void {
    const isSame = this.element.textContent === text
    this.element.textContent = isSame ? `${text}\u00a0` : text
  }
}
