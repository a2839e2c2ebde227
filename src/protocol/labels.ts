/** A label as printed: trimmed, inner blanks folded to one, NFKC. `" c  5 "` → `"c 5"`. */
export function normalizeLabel(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/gu, ' ')
}

/** The key by which a seat is looked up and kept unique: the normalized label, upper-cased. */
export function seatKey(label: string): string {
  return normalizeLabel(label).toUpperCase()
}
