import { createRequire } from 'node:module'
import MarkdownIt from 'markdown-it'
import { escapeHtml } from '../../src/server/pages/layout.ts'
import { resolveLink } from './pages.ts'

/** A heading that can be linked to. */
export interface Heading {
  readonly level: number
  readonly id: string
  readonly text: string
}

/** Page that becomes of Markdown. */
export interface Rendered {
  readonly html: string
  readonly headings: readonly Heading[]
}

/** Parts of highlight.js that are used: its own types bring those of a browser along, for all. */
interface Highlighter {
  registerLanguage(name: string, language: unknown): void
  getLanguage(name: string): unknown
  highlight(code: string, options: { language: string }): { value: string }
}

const load = createRequire(import.meta.url)
const hljs = load('highlight.js/lib/core') as Highlighter
for (const name of ['bash', 'http', 'json', 'php', 'python', 'sql', 'typescript', 'xml']) {
  hljs.registerLanguage(name, load(`highlight.js/lib/languages/${name}`))
}
const ALIASES: Readonly<Record<string, string>> = {
  html: 'xml',
  js: 'typescript',
  jsonc: 'json',
  py: 'python',
  sh: 'bash',
  ts: 'typescript',
  tsx: 'typescript',
  vue: 'xml',
}
const NAMES: Readonly<Record<string, string>> = {
  csv: 'CSV',
  dockerfile: 'Dockerfile',
  html: 'HTML',
  http: 'HTTP',
  ini: 'INI',
  js: 'JavaScript',
  json: 'JSON',
  jsonc: 'JSON',
  nginx: 'nginx',
  php: 'PHP',
  py: 'Python',
  python: 'Python',
  sh: 'Shell',
  sql: 'SQL',
  ts: 'TypeScript',
  tsx: 'React',
  vue: 'Vue',
  yaml: 'YAML',
}

/** Markdown of a file as HTML; `file` is what its links are relative to. */
export function render(markdown: string, file: string | null): Rendered {
  const headings: Heading[] = []
  const html = openParser(file, headings).render(markdown)
  return { html: tidyTables(html), headings }
}

/** Heads that say nothing are none; a table wider than a phone scrolls, also by keyboard. */
function tidyTables(html: string): string {
  return html
    .replaceAll(/<thead>\s*<tr>(?:\s*<th[^>]*><\/th>)+\s*<\/tr>\s*<\/thead>/g, '')
    .replaceAll(/<th([^>]*)><\/th>/g, '<td$1></td>')
    .replaceAll(/ style="text-align:(\w+)"/g, ' class="$1"')
    .replaceAll('<table>', TABLE)
    .replaceAll('</table>', '</table></div>')
}

const TABLE = '<div class="table" tabindex="0" role="group" aria-label="Table"><table>'

function openParser(file: string | null, headings: Heading[]): InstanceType<typeof MarkdownIt> {
  const parser = new MarkdownIt({ html: true, linkify: false, typographer: false })
  const { rules } = parser.renderer
  rules.heading_open = (tokens, index) => {
    const { tag } = tokens[index] ?? { tag: 'h2' }
    const inline = tokens[index + 1]
    const text = (inline?.children ?? []).map(({ content }) => content).join('')
    const id = uniqueId(text, headings)
    headings.push({ level: Number(tag.slice(1)), id, text })
    return `<${tag} id="${id}">`
  }
  rules.heading_close = (tokens, index) => {
    const { id, text } = headings.at(-1) ?? { id: '', text: '' }
    const { tag } = tokens[index] ?? { tag: 'h2' }
    if (tag === 'h1') return '</h1>\n'
    const label = escapeHtml(`Link to ${text}`)
    return ` <a class="anchor" href="#${id}" aria-label="${label}">#</a></${tag}>\n`
  }
  rules.fence = (tokens, index) => {
    const { content, info } = tokens[index] ?? { content: '', info: '' }
    return codeBlock(content, info.trim())
  }
  parser.core.ruler.push('links', (state) => {
    for (const token of state.tokens) for (const child of token.children ?? []) relink(child, file)
  })
  rules.html_block = (tokens, index) => relinkHtml(tokens[index]?.content ?? '', file)
  rules.html_inline = rules.html_block
  return parser
}

interface Token {
  type: string
  tag: string
  attrs: [string, string | number][] | null
}

function relink(token: Token, file: string | null): void {
  for (const attribute of token.attrs ?? []) {
    if (attribute[0] !== 'href' && attribute[0] !== 'src') continue
    const address = resolveLink(file, String(attribute[1]))
    // What is in the repository alone stays a name.
    if (address === null) token.tag = 'span'
    attribute[1] = address ?? ''
  }
  if (token.tag === 'span') token.attrs = null
}

function relinkHtml(html: string, file: string | null): string {
  return html.replaceAll(/(src|href)="([^"]+)"/g, (_, name, link) => {
    return `${name}="${resolveLink(file, link) ?? '#'}"`
  })
}

/** Such as `move-the-clock`, as GitHub makes them, so that links work in both places. */
function uniqueId(text: string, headings: readonly Heading[]): string {
  const base = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')
  const count = headings.filter(({ id }) => id === base || id.startsWith(`${base}-`)).length
  const isTaken = headings.some(({ id }) => id === base)
  return isTaken ? `${base}-${count}` : base
}

/** Code with its colours, the name of its language and a button that copies it. */
export function codeBlock(code: string, info: string): string {
  const language = ALIASES[info] ?? info
  const known = hljs.getLanguage(language) !== undefined
  const inside = known ? hljs.highlight(code, { language }).value : escapeHtml(code)
  const name = NAMES[info] ?? ''
  const label = name === '' ? 'Text' : name
  return `<figure class="code"><figcaption>${name}</figcaption><pre tabindex="0" role="group"
 aria-label="${label}"><code>${inside.trimEnd()}</code></pre></figure>\n`
}
