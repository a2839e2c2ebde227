import { refusePlan } from './mistakes.ts'

/**
 * The text of a file: UTF-8, or UTF-16 as spreadsheets save "Unicode text", with or without a mark
 * at its beginning. Other encodings are refused, because their letters would come out as others.
 * Refusal: `plan_invalid`.
 */
export function decodeFile(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    const line = lineOfFault(bytes, encoding)
    return refusePlan(`line ${line}`, 'A character cannot be read here: save the file as UTF-8.')
  }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first = 0, second = 0] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  // Without a mark: the signs of a CSV or JSON file are ASCII, so every other byte of them is 0.
  const start = bytes.subarray(0, 4_000)
  const zeros = [0, 0]
  start.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  if (odd > start.length / 20 && odd > 10 * even) return 'utf-16le'
  if (even > start.length / 20 && even > 10 * odd) return 'utf-16be'
  return 'utf-8'
}

function lineOfFault(bytes: Uint8Array, encoding: string): number {
  const text = new TextDecoder(encoding).decode(bytes)
  return text.slice(0, text.indexOf('\ufffd')).split(/\r\n|\n|\r/u).length
}
