/**
 * Properties that an element is made of: those that are functions listen, others become attributes.
 */
export type Made = Readonly<Record<string, string | boolean | ((event: Event) => void)>>

/** Makes an element. Never from text that is parsed as HTML, so that labels cannot be markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Made = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value)
    else if (value === true) element.setAttribute(key, '')
    else if (value !== false) element.setAttribute(key, value)
  }
  element.append(...children)
  return element
}

/** A drawing of 24 by 24 in the colour of the text, for buttons. */
export function icon(path: string): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const drawing = document.createElementNS(space, 'svg')
  drawing.setAttribute('viewBox', '0 0 24 24')
  drawing.setAttribute('aria-hidden', 'true')
  const line = document.createElementNS(space, 'path')
  line.setAttribute('d', path)
  drawing.append(line)
  return drawing
}

/** Paths for `icon`. */
export const ICONS = {
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  find: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20',
  wheelchair: 'M11 3.5v.1M11 8v6h5l2.5 5.5M11 10.5h4.5M8.5 11.2a5 5 0 1 0 6.7 6.6',
  cross: 'M7 7l10 10M17 7 7 17',
} as const
