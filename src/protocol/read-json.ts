/** Bounds of a JSON text: checked while it is skimmed, before it is parsed. */
export interface JsonBounds {
  /** Commas and colons outside of texts: fields, and elements of lists. */
  readonly partsMax: number
  /** Brackets within brackets. */
  readonly depthMax: number
}

/** Reason why a JSON text was not read. */
export type JsonFault = 'malformed' | 'repeated' | 'too_many' | 'too_deep'

/** Reading of a JSON text, or why it is not read. */
export type JsonReading =
  | { readonly value: unknown; readonly fault?: never }
  | { readonly fault: JsonFault; readonly message: string }

const QUOTE = 34
const COMMA = 44
const COLON = 58
const BACKSLASH = 92
const BRACKET = 91
const BRACKET_END = 93
const BRACE = 123
const BRACE_END = 125
/** Keys that later code could take for a part of the language instead of a field. */
const POISON = /"(?:__proto__|constructor)"|\\u/

/**
 * Reads JSON, after a look at how much of it there is: 17,000 fields take nine milliseconds to
 * parse, and a tenth of one to skim until they are too many. A field that stands twice in an
 * object is refused, because of two readers each may believe another one.
 */
export function readJson(text: string, bounds: JsonBounds): JsonReading {
  const skimmed = skim(text, bounds)
  if (typeof skimmed !== 'number') return skimmed
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { fault: 'malformed', message: (error as Error).message.toWellFormed() }
  }
  const { fields, isPoisoned } = look(value, POISON.test(text))
  if (isPoisoned) return { fault: 'malformed', message: 'a field may not be named like this' }
  if (fields === skimmed) return { value }
  return { fault: 'repeated', message: 'a field stands twice in the same object' }
}

/** The number of fields, twice named ones twice; or what there is too much of. */
function skim(text: string, { partsMax, depthMax }: JsonBounds): number | JsonReading {
  let fields = 0
  let parts = 0
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) index = endOfText(text, index)
    else if (code === COLON) fields += 1
    else if (code === COMMA) parts += 1
    else if (code === BRACKET || code === BRACE) depth += 1
    else if (code === BRACKET_END || code === BRACE_END) depth -= 1
    if (fields + parts > partsMax) {
      return { fault: 'too_many', message: `has more than ${partsMax} fields and elements` }
    }
    if (depth > depthMax) {
      return { fault: 'too_deep', message: `is nested more than ${depthMax} levels deep` }
    }
  }
  return fields
}

/**
 * Finds the end of the text that begins here: a quote that an even number of backslashes precedes.
 */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1
    if (escapes % 2 === 0) return end
  }
  return text.length
}

/** Counts the fields of a value, and looks for names of the language where there may be any. */
function look(value: unknown, isSuspect: boolean): { fields: number; isPoisoned: boolean } {
  const rest: unknown[] = [value]
  let fields = 0
  let isPoisoned = false
  while (rest.length > 0) {
    const item = rest.pop()
    if (typeof item !== 'object' || item === null) continue
    if (!Array.isArray(item)) {
      fields += Object.keys(item).length
      isPoisoned ||= isSuspect && hasPoison(item)
    }
    for (const child of Object.values(item)) {
      if (typeof child === 'object' && child !== null) rest.push(child)
    }
  }
  return { fields, isPoisoned }
}

function hasPoison(item: object): boolean {
  if (Object.hasOwn(item, '__proto__')) return true
  const made: unknown = Object.hasOwn(item, 'constructor') && Reflect.get(item, 'constructor')
  return typeof made === 'object' && made !== null && Object.hasOwn(made, 'prototype')
}
