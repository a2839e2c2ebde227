/*
 * How text is compared that people print, type and paste: labels of seats, rows, sections, holders.
 * Whatever nobody can see makes no difference, and neither does which script a letter comes from
 * that looks the same in several (docs/decisions/0014-labels.md).
 */

/**
 * Characters that draw nothing: what Unicode calls default ignorable (zero width, marks of
 * direction, variation selectors, soft hyphens, tags …), controls that are no blanks, and
 * annotation marks. NUL is left in, to be refused.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]|(?![\s\u0085])\p{Cc}/gu

/** Between letters of a script whose letters join, these two change what is drawn. */
const JOINER = /^[\u200c\u200d]$/u
const LETTER_THAT_JOINS = /[^\P{L}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]|\p{M}/u

/** Blanks, also those that are not called so: next line, Braille without dots. */
const BLANKS = /[\s\u0085\u2800]+/gu

/** The text without what nobody can see. Letters and blanks stay as they are. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, (character, offset: number) => {
    const isJoiner = JOINER.test(character)
    const isMeant = isJoiner && joins(text[offset - 1]) && joins(text[offset + 1])
    return isMeant || character === '\0' ? character : ''
  })
}

function joins(neighbour: string | undefined): boolean {
  return neighbour !== undefined && LETTER_THAT_JOINS.test(neighbour)
}

/** Form of most labels: they need no normalizing, and a house has tens of thousands of them. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/u

/** A label as printed: NFKC, what cannot be seen left out, trimmed, inner blanks folded to one. */
export function normalizeLabel(text: string): string {
  if (PLAIN.test(text)) return text
  // Twice, because composing may bring forth a filler that draws nothing.
  const visible = withoutInvisible(withoutInvisible(text).normalize('NFKC'))
  return visible.replace(BLANKS, ' ').trim().normalize('NFKC')
}

/** The key that is meant: the very same, or else the first that counts as the same. */
export function findKey(keyed: readonly { readonly key: string }[], meant: string) {
  const same = keyed.find(({ key }) => key === meant)
  if (same) return same.key
  const wanted = seatKey(meant)
  return keyed.find(({ key }) => seatKey(key) === wanted)?.key
}

/** Capitals, and dashes, that look like a Latin one. Each script has each letter once. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  [
    ['АВСЕНІЈКМОРЅТХУԚԜ', 'ABCEHIJKMOPSTXYQW'],
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
    ['‐‑‒–—―−⁃﹘', '---------'],
  ].flatMap(([from = '', to = '']) => [...from].map((letter, n) => [letter, to[n] ?? ''] as const)),
)
const LOOKS_ALIKE = new RegExp(`[${[...LOOK_ALIKES.keys()].join('')}]`, 'gu')

/**
 * The key by which a seat is looked up and kept unique: the normalized label in capitals, without
 * joiners, with one letter for all that look alike. The key of a key is itself.
 */
export function seatKey(label: string): string {
  if (PLAIN.test(label)) return label.toUpperCase()
  // Small first: there is a capital ẞ, whose small letter has the capitals SS.
  const capitals = normalizeLabel(label).replace(INVISIBLE, '').toLowerCase().toUpperCase()
  // Capitals may be several characters that compose: İ is one letter, i with a dot above is two.
  const composed = normalizeLabel(capitals.normalize('NFKC'))
  return composed.replace(LOOKS_ALIKE, (letter) => LOOK_ALIKES.get(letter) ?? letter)
}
