import { unmarkCell } from '../protocol/index.ts'
import { foldWord } from './fold-word.ts'
import { toPlainDigits } from './rows/numerals.ts'

const YES = new Set(
  `true yes y 1 x on wahr ja j vrai oui verdadero si s vero verdadeiro sim waar sann
    sant kylla tosi prawda tak t ano pravda igen igaz evet dogru adevarat da истина да
    так ναι נכון כן نعم صحيح بله हा हाँ 是 对 真 はい ○ ✓ ✔ ☑ 예 네 참`
    .split(/\s+/u)
    .map(foldWord),
)
const NO = new Set(
  `false no n 0 off falsch nein faux non falso nao nee onwaar nej nei usann ei epatosi
    falsz nie ne nepravda nem hamis hayir yanlis nu fals ложь нет ні не όχι לא שקר لا
    خطأ خير नहीं 否 不 假 いいえ × ✗ ✘ ☐ 아니요 아니오 거짓 - – —`
    .split(/\s+/u)
    .map(foldWord),
)

/** Words of any language for yes and no in a spreadsheet; an empty cell is no, null neither. */
export function readBoolean(text: string): boolean | null {
  const word = foldWord(text)
  if (word === '' || NO.has(word)) return false
  return YES.has(word) ? true : null
}

const DECIMAL = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/iu
/** Thousands apart, by another sign than the decimals or at least twice. */
const GROUPED = [
  /^[+-]?\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d+)?$/u,
  /^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/u,
  /^[+-]?\d{1,3}(?:,\d{3})+\.\d+$/u,
  /^[+-]?\d{1,3}(?:\.\d{3}){2,}$/u,
  /^[+-]?\d{1,3}(?:,\d{3}){2,}$/u,
]

/** `1,5`, `1.5`, `1.234,5`, `1 234.5`, `−3`, `١٫٥` → a number; null for what is none. */
export function readDecimal(text: string): number | null {
  const plain = toPlainDigits(text.trim()).replace('−', '-').replace('٫', '.')
  if (DECIMAL.test(plain)) return Number(plain.replace(',', '.')) + 0
  if (!GROUPED.some((form) => form.test(plain))) return null
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','))
  const decimal = plain[last] ?? ''
  const isDecimal = decimal !== '' && plain.split(decimal).length === 2
  const whole = (isDecimal ? plain.slice(0, last) : plain).replace(/[^\d+-]/gu, '')
  return Number(isDecimal ? `${whole}.${plain.slice(last + 1)}` : whole) + 0
}

const END = '(?:\\p{Nd}+|\\p{L})'
const UNTIL =
  '[-‐‑–—−~～〜…:]|\\.{2,3}|→|to|thru|through|bis|à|a|al|do|до|по|tot|till?|til|至|到|から'
const RANGE = new RegExp(`^${END}\\s*(?:${UNTIL})\\s*${END}$`, 'iu')
const AND = /[,;&+、，；]|\s(?:and|und|et|y|e|en|och|og|i|и)\s/iu

/** True when a seat's number names several: `1-10`, `1 bis 10`, `1-10,12-16`, `3, 4`. */
export function isRange(text: string): boolean {
  const parts = text.split(AND).map((part) => part.trim())
  if (parts.length > 1) return parts.every((part) => /^\p{Nd}+$/u.test(part) || RANGE.test(part))
  return RANGE.test(text.trim())
}

/** A cell without what spreadsheets put before text that looks like a number: `'01`. */
export function readCell(cell: string): string {
  return unmarkCell(cell.trim()).trim()
}
