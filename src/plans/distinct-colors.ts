/** Below this, two colours are taken for the same by somebody who looks at seats (CIE76). */
export const COLOR_DISTANCE_MIN = 20

/** A colour by its lightness and its place between green and red, blue and yellow. */
type Lab = readonly [lightness: number, a: number, b: number]

/** First choices: far apart, and fit for light and dark pages. */
const PALETTE = [
  '#4a7bd0',
  '#d98032',
  '#3f8f6b',
  '#b5426a',
  '#8c6bd6',
  '#c9a227',
  '#2fa8b5',
  '#8b5a3c',
  '#7a7f87',
  '#e06fae',
  '#7fb241',
  '#3a3f9e',
  '#a32a2a',
  '#1f5c50',
  '#e8a58b',
  '#5f2f6e',
]

/** Distance of two colours (`#rrggbb`) to the eye. */
export function colorDistance(one: string, other: string): number {
  const [left, right] = [toLab(one), toLab(other)]
  return Math.hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2])
}

/** Picks `count` colours, each as far from the others as can be; `first` is among them. */
export function distinctColors(count: number, first = PALETTE[0] as string): string[] {
  const colors = [first]
  for (const color of [...PALETTE, ...rainbow()]) {
    if (colors.length >= count) break
    if (colors.every((other) => colorDistance(color, other) >= COLOR_DISTANCE_MIN)) {
      colors.push(color)
    }
  }
  // Beyond some forty nobody can tell colours apart; then they come round again.
  return Array.from({ length: count }, (_, index) => colors[index % colors.length] as string)
}

function rainbow(): string[] {
  const colors: string[] = []
  for (const lightness of [0.5, 0.3, 0.7, 0.4, 0.6]) {
    for (let hue = 0; hue < 360; hue += 15) colors.push(fromHue(hue, lightness))
  }
  return colors
}

function fromHue(hue: number, lightness: number): string {
  const reach = 0.65 * Math.min(lightness, 1 - lightness)
  const part = (offset: number) => {
    const k = (offset + hue / 30) % 12
    const value = lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${part(0)}${part(8)}${part(4)}`
}

/** sRGB → CIE L*a*b* under daylight (D65). */
function toLab(color: string): Lab {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const x = curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505)
  const y = curve(0.2126 * red + 0.7152 * green + 0.0722 * blue)
  const z = curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function curve(value: number): number {
  return value > 216 / 24_389 ? Math.cbrt(value) : ((24_389 / 27) * value + 16) / 116
}
