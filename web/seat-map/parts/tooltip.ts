import { make } from './make.ts'

/** A few words beside the pointer. Those who listen hear them from the reader instead. */
export class Tooltip {
  readonly element: HTMLElement = make('div', {
    class: 'tooltip',
    'aria-hidden': 'true',
    hidden: true,
  })

  /** `x` and `y` are what it points at, `gap` how far away it stays, in CSS pixels. */
  show(lines: readonly string[], x: number, y: number, gap: number, width: number): void {
    const [title = '', ...rest] = lines
    this.element.replaceChildren(
      make('b', {}, title),
      ...rest.map((line) => make('span', {}, line)),
    )
    this.element.hidden = false
    const half = this.element.offsetWidth / 2 + 6
    const height = this.element.offsetHeight + gap + 8
    const left = Math.min(Math.max(x, half), Math.max(width - half, half))
    const isBelow = y < height
    this.element.style.left = `${left}px`
    this.element.style.top = `${isBelow ? y + gap + 8 : y - gap - 8}px`
    this.element.classList.toggle('below', isBelow)
  }

  hide(): void {
    this.element.hidden = true
  }
}
