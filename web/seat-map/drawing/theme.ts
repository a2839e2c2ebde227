import type { Category } from '../../../src/protocol/index.ts'
import { type Color, inkOn, mix, standOut, toCss } from './color.ts'
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
const FALLBACK = ['#3b6fb6', '#c2571a', '#2f8f6b', '#a3478f', '#8a7a1f', '#5d5fc4', '#b23a48']
/** WCAG 1.4.11 asks for 3 to 1; a little more, because edges of small seats are soft. */
const CONTRAST_MIN = 3.2

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
  return {
    colors,
    css,
    font,
    categories: categories.map(({ color }, index) => {
      const wanted = parseColor(color ?? (FALLBACK[index % FALLBACK.length] as string))
      const fill = standOut(wanted, colors.map, CONTRAST_MIN)
      return { fill, ink: inkOn(fill) }
    }),
  }
}

/** The colour of a stage or a bar: there, but never in the way of the seats on it. */
export function shapeColors(theme: Theme, color: string | null): { fill: string; line: string } {
  const own = color === null ? theme.colors.muted : parseColor(color)
  return {
    fill: toCss(mix(own, theme.colors.map, 0.16)),
    line: toCss(mix(own, theme.colors.map, 0.45)),
  }
}
