/** Red, green, blue from 0 to 255, and alpha from 0 to 1. */
export type Color = readonly [red: number, green: number, blue: number, alpha: number]

/** Writes a colour as CSS. */
export function toCss([red, green, blue, alpha]: Color): string {
  return `rgb(${Math.round(red)} ${Math.round(green)} ${Math.round(blue)} / ${alpha})`
}

/** So much of one colour, from 0 to 1, the rest of the other. */
export function mix(color: Color, other: Color, share: number): Color {
  const part = (index: 0 | 1 | 2 | 3) => color[index] * share + other[index] * (1 - share)
  return [part(0), part(1), part(2), part(3)]
}

/** The contrast of two opaque colours by WCAG 2.2: from 1 to 21. */
export function contrast(one: Color, other: Color): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return ((light as number) + 0.05) / ((dark as number) + 0.05)
}

function linear(value: number): number {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

function luminance([red, green, blue]: Color): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

const BLACK: Color = [0, 0, 0, 1]
const WHITE: Color = [255, 255, 255, 1]
const DARK: Color = [29, 27, 34, 1]

/** Picks the ink on a colour: white on a light ground, whose colours are dark; else dark. */
export function inkFor(ground: Color): Color {
  return luminance(ground) > 0.18 ? WHITE : DARK
}

/**
 * Measures how different two colours look: CIE 1976 ΔE. Below some 20 they are taken for the same.
 */
export function difference(one: Color, other: Color): number {
  const [a, b] = [labOf(one), labOf(other)]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

/** CIE L*a*b* under D65. */
function labOf([red, green, blue]: Color): [number, number, number] {
  const [r, g, b] = [linear(red), linear(green), linear(blue)]
  const curve = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
  const y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/**
 * The colour, made darker or lighter in small steps until it stands out from the ground as much as
 * asked for. A house's colours were chosen for white paper, and are shown on dark screens, too.
 */
export function standOut(color: Color, ground: Color, contrastMin: number): Color {
  const away = luminance(ground) > 0.18 ? BLACK : WHITE
  for (let share = 1; share > 0; share -= 0.04) {
    const candidate = mix(color, away, share)
    if (contrast(candidate, ground) >= contrastMin) return candidate
  }
  return away
}
