import type { Category } from '../../../src/protocol/index.ts'
import { type Color, difference, inkFor, mix, standOut, toCss } from './color.ts'
import { parseColor } from './parse-color.ts'

/** The colours that the style sheet gives, by the names of its custom properties. */
export const THEME_COLORS = [
  'map',
  'ink',
  'muted',
  'line',
  'accent',
  'on-accent',
  'held',
  'booked',
  'blocked',
  'focus',
] as const
/** One of them. */
export type ThemeColor = (typeof THEME_COLORS)[number]

/** Everything that drawing needs to know of colours and letters. */
export interface Theme {
  readonly colors: Readonly<Record<ThemeColor, Color>>
  readonly css: Readonly<Record<ThemeColor, string>>
  readonly font: string
  /** By category: its colour, at least 3 to 1 against the ground, and what is written on it. */
  readonly categories: readonly { readonly fill: Color; readonly ink: Color }[]
}

/** For categories without a colour: told apart by most people who see colours differently. */
const PALETTE = [
  '#3b6fb6',
  '#c2571a',
  '#2f8f6b',
  '#a3478f',
  '#8a7a1f',
  '#5d5fc4',
  '#b23a48',
  '#0f8a94',
  '#6b4a2b',
]
/** WCAG 1.4.11 asks for 3 to 1; a little more, because edges of small seats are soft. */
const CONTRAST_MIN = 3.2
/** Contrast of a number on its seat (WCAG 1.4.3). */
const INK_CONTRAST_MIN = 4.5
/** Colours that differ less are taken for the same (CIE 1976 ΔE). */
const DIFFERENCE_MIN = 20

/** Reads the probe elements, whose `color` is that of a custom property each. */
export function readTheme(
  probes: Readonly<Record<ThemeColor, Element>>,
  font: string,
  categories: readonly Category[],
): Theme {
  const colors = {} as Record<ThemeColor, Color>
  const css = {} as Record<ThemeColor, string>
  for (const name of THEME_COLORS) {
    colors[name] = parseColor(getComputedStyle(probes[name]).color)
    css[name] = toCss(colors[name])
  }
  const ink = inkFor(colors.map)
  return {
    colors,
    css,
    font,
    categories: categoryFills(categories, colors.map).map((fill) => ({ fill, ink })),
  }
}

/**
 * The colour of each category, so dark or light that one ink can be read on all of them. One that
 * the house gave stays, unless an earlier category looks the same.
 */
function categoryFills(categories: readonly Category[], ground: Color): Color[] {
  const ink = inkFor(ground)
  const seen = (color: Color) =>
    standOut(standOut(color, ground, CONTRAST_MIN), ink, INK_CONTRAST_MIN)
  const offered = PALETTE.map((color) => seen(parseColor(color)))
  const given = categories.map(({ color }) => (color === null ? null : seen(parseColor(color))))
  const taken: Color[] = []
  given.forEach((color, index) => {
    const others = [...taken, ...given.slice(index + 1).filter((one) => one !== null)]
    const nearest = (one: Color, colors: readonly Color[]) =>
      Math.min(...colors.map((other) => difference(one, other)), 1e3)
    const isOwn = color !== null && nearest(color, taken) >= DIFFERENCE_MIN
    taken.push(
      isOwn
        ? color
        : (offered.find((one) => nearest(one, others) >= DIFFERENCE_MIN) ??
            offered.reduce((a, b) => (nearest(b, others) > nearest(a, others) ? b : a))),
    )
  })
  return taken
}

/** The colour of a stage or a bar: there, but never in the way of the seats on it. */
export function shapeColors(theme: Theme, color: string | null): { fill: string; line: string } {
  const own = color === null ? theme.colors.muted : parseColor(color)
  return {
    fill: toCss(mix(own, theme.colors.map, 0.16)),
    line: toCss(mix(own, theme.colors.map, 0.45)),
  }
}
