/** Chinese and Japanese numerals up to 99, as rows and seats are counted. */
const HAN = '〇一二三四五六七八九'
const HAN_NUMBER =
  /^(?:[〇零一二两三四五六七八九]|([一二三四五六七八九]?)十([一二三四五六七八九]?))$/u
const ROMAN = /^(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/u
const ROMAN_DIGITS: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 }

/** Decimal digits of any script → those of ours. */
export function toPlainDigits(text: string): string {
  if (!/[^\0-\x7f]/u.test(text)) return text
  return text.replace(/\p{Nd}/gu, (digit) => String(digitOf(digit.codePointAt(0) as number)))
}

/** The digits of a script stand in a row of ten, which begins after what is no digit. */
function digitOf(point: number): number {
  // Mathematical digits have come in five rows without a gap; they begin at 1D7CE.
  if (point >= 0x1d7ce && point <= 0x1d7ff) return (point - 0x1d7ce) % 10
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value += 1
  return value
}

/** `12`, `١٢`, `十二` → 12; null for what is no whole number of at most six digits. */
export function wholeNumber(text: string): number | null {
  const plain = toPlainDigits(text)
  if (/^\d{1,6}$/u.test(plain)) return Number(plain)
  const han = HAN_NUMBER.exec(text)
  if (han === null) return null
  const ones = (digit: string) => HAN.indexOf(digit.replace('零', '〇').replace('两', '二'))
  if (!text.includes('十')) return ones(text)
  return 10 * (han[1] ? ones(han[1]) : 1) + (han[2] ? ones(han[2]) : 0)
}

/** `IV` → 4; null for what is no Roman numeral below 400. */
export function romanNumber(text: string): number | null {
  if (!ROMAN.test(text)) return null
  const digits = [...text].map((letter) => ROMAN_DIGITS[letter] ?? 0)
  return digits.reduce((sum, digit, n) => sum + (digit < (digits[n + 1] ?? 0) ? -digit : digit), 0)
}
