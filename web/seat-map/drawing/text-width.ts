const widths = new Map<string, number>()

/** CSS pixels of a text in the context's font. Measuring costs more than drawing; names stay. */
export function textWidth(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font} ${text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  const { width } = context.measureText(text)
  widths.set(key, width)
  return width
}
