/** A colour of another system as `#rrggbb`, or null when it is written in a way we do not read. */
export function readColor(text: string | null | undefined): string | null {
  const color = text?.trim().toLowerCase() ?? ''
  if (/^#[0-9a-f]{6}([0-9a-f]{2})?$/u.test(color)) return color.slice(0, 7)
  if (/^#[0-9a-f]{3,4}$/u.test(color)) return `#${color.slice(1, 4).replace(/./gu, '$&$&')}`
  const parts = /^rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*[,)]/u.exec(color)
  if (!parts) return null
  const bytes = parts.slice(1, 4).map((part) => Math.min(Number(part), 255))
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
