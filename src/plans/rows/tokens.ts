import { cutWords, kindOf, type WordKind } from './words.ts'

/** A piece of a label: a number, a run of letters, or a word that is known. */
export interface Token {
  text: string
  start: number
  end: number
  kind: 'digits' | 'letters' | WordKind
}

/** Scripts that stand beside each other without a blank: 가열1번, A排12号. */
const APART = [
  '[\\p{sc=Han}々〇]',
  '\\p{sc=Hang}',
  '[\\p{sc=Hira}\\p{sc=Kana}ー]',
  '[\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}]',
]
const PIECE = new RegExp(
  ['\\p{Nd}+', ...APART.map((one) => `${one}+`), `(?:(?!${APART.join('|')})[\\p{L}\\p{M}])+`].join(
    '|',
  ),
  'gu',
)

/** The pieces of a label; blanks, dashes and other signs between them are left out. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(PIECE)) {
    let start = match.index
    const pieces = /^\p{Nd}/u.test(match[0]) ? [match[0]] : cutWords(match[0])
    for (const piece of pieces) {
      const kind = /^\p{Nd}/u.test(piece) ? 'digits' : (kindOf(piece) ?? 'letters')
      tokens.push({ text: piece, start, end: start + piece.length, kind })
      start += piece.length
    }
  }
  return tokens
}

/** Letters as people count them: a letter with its marks is one. */
export function letterCount(text: string): number {
  return text.replace(/\p{M}/gu, '').match(/./gu)?.length ?? 0
}

/** Signs at the ends say nothing; but a dash before a number makes it one below zero. */
export function trimSigns(text: string): string {
  return text
    .replace(/^[^\p{L}\p{M}\p{N}\-–−]+|^[-–−]+(?!\p{Nd})/u, '')
    .replace(/[^\p{L}\p{M}\p{N}]+$/u, '')
    .trim()
}
