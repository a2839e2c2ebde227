/** Text that may stand between two marks without being code. `nested` opens code again: `${`. */
interface Quoted {
  readonly open: RegExp
  readonly body: RegExp
}

/** After these a slash begins a regular expression; after anything else it divides. */
const BEFORE_REGEX = /(?:^|[=(,:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|await|yield))\s*$/

const TS: readonly Quoted[] = [
  { open: /\/\//y, body: /[^\n]*/y },
  { open: /\/\*/y, body: /[\s\S]*?\*\//y },
  { open: /'/y, body: /(?:\\[\s\S]|[^'\\\n])*'/y },
  { open: /"/y, body: /(?:\\[\s\S]|[^"\\\n])*"/y },
]
const SQL: readonly Quoted[] = [
  { open: /--/y, body: /[^\n]*/y },
  { open: /\/\*/y, body: /[\s\S]*?\*\//y },
  { open: /'/y, body: /(?:''|[^'])*'/y },
]
const REGEX_BODY = /(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y
const TEMPLATE_PART = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*/y

/**
 * The text with comments and the inside of strings, templates and regular expressions made blank,
 * so that rules do not stumble over what only looks like code. Every character keeps its place.
 */
export function blankText(text: string, language: 'ts' | 'sql'): string {
  let out = ''
  let at = 0
  /** Depth of braces inside each template that is open just now. */
  const templates: number[] = []
  const take = (length: number, isBlank: boolean) => {
    const part = text.slice(at, at + length)
    out += isBlank ? part.replace(/[^\n]/g, ' ') : part
    at += length
  }
  const takeTemplate = () => {
    take(lengthAt(TEMPLATE_PART, text, at), true)
    if (text.startsWith('${', at)) templates.push(0)
    take(text.startsWith('${', at) ? 2 : 1, false)
  }
  while (at < text.length) {
    const quoted = quotedAt(text, at, out, language)
    if (quoted > 0) {
      take(1, false)
      take(quoted - 1, true)
    } else if (language === 'ts' && text[at] === '`') {
      take(1, false)
      takeTemplate()
    } else if (closesTemplateHole(templates, text[at] as string)) {
      take(1, false)
      takeTemplate()
    } else {
      take(1, false)
    }
  }
  return out
}

/** Length of the comment, string or regular expression that begins here, or 0. */
function quotedAt(text: string, at: number, before: string, language: 'ts' | 'sql'): number {
  for (const { open, body } of language === 'ts' ? TS : SQL) {
    const opening = lengthAt(open, text, at)
    if (opening > 0) return opening + lengthAt(body, text, at + opening)
  }
  if (language === 'ts' && text[at] === '/' && BEFORE_REGEX.test(before.slice(-40))) {
    const inside = lengthAt(REGEX_BODY, text, at + 1)
    if (inside > 0) return 1 + inside
  }
  return 0
}

/** Counts braces inside `${…}`; true for the one that ends it. */
function closesTemplateHole(templates: number[], character: string): boolean {
  const depth = templates.at(-1)
  if (depth === undefined) return false
  if (character === '{') templates[templates.length - 1] = depth + 1
  if (character !== '}') return false
  if (depth > 0) {
    templates[templates.length - 1] = depth - 1
    return false
  }
  templates.pop()
  return true
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0].length ?? 0
}
