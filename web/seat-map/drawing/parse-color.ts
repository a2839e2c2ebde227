import type { Color } from './color.ts'

let pixel: CanvasRenderingContext2D | null = null

/** Any colour that CSS knows, also `oklch()` and names: drawn once and looked at. */
export function parseColor(css: string): Color {
  pixel ??= new OffscreenCanvas(1, 1).getContext('2d', {
    willReadFrequently: true,
  }) as unknown as CanvasRenderingContext2D
  pixel.clearRect(0, 0, 1, 1)
  pixel.fillStyle = '#000'
  pixel.fillStyle = css
  pixel.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0, alpha = 255] = pixel.getImageData(0, 0, 1, 1).data
  return [red, green, blue, alpha / 255]
}
