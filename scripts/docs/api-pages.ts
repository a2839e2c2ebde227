import { ERRORS, type ErrorCode } from '../../src/protocol/index.ts'
import { escapeHtml } from '../../src/server/pages/layout.ts'
import { type Field, fieldsOf } from './fields.ts'
import {
  type Document,
  type Operation,
  operationsOf,
  type Placed,
  parametersOf,
  slugOfTag,
} from './openapi.ts'
import type { Page } from './pages.ts'
import { codeBlock, type Heading, render } from './render.ts'

/** A page of the reference: its text, and what was made of it already. */
export type ApiPage = Page & { readonly html: string; readonly headings: readonly Heading[] }

/** The reference of the API: an index, and one page for each tag. */
export function apiPages(document: Document): ApiPage[] {
  return [indexPage(document), ...document.tags.map((tag) => tagPage(document, tag))]
}

function indexPage(document: Document): ApiPage {
  const lists = document.tags.map(({ name, description }) => {
    const lines = operationsOf(document, name).map(({ method, path, operation }) => {
      const link = `/docs/${slugOfTag(name)}#${operation.operationId}`
      return `| [${operation.summary}](${link}) | \`${method} ${path}\` |`
    })
    const head = `## [${name}](/docs/${slugOfTag(name)})\n\n${description}`
    return `${head}\n\n| | |\n|---|---|\n${lines.join('\n')}\n`
  })
  const [about = ''] = document.info.description.split('<details>')
  const markdown = `# API reference

Version ${document.info.version}, also as an [OpenAPI document](/openapi.json) and a
[Postman collection](/postman.json). The example answers are recorded from a real server.

${about.trim()}

[Errors](/errors) explains every code.

${lists.join('\n')}`
  const about1 = 'Every operation, with samples and answers.'
  return {
    slug: 'api',
    title: 'API reference',
    markdown,
    about: about1,
    file: null,
    ...render(markdown, null),
  }
}

function tagPage(document: Document, tag: { name: string; description: string }): ApiPage {
  const operations = operationsOf(document, tag.name)
  const parts = operations.map((placed) => ({ placed, text: textOf(document, placed) }))
  const head = `# ${tag.name}\n\n${tag.description}\n\n`
  const markdown =
    head + parts.map(({ placed, text }) => `${headOf(placed)}${text}\n${codeOf(placed)}`).join('\n')
  const html =
    render(head, null).html + parts.map(({ placed, text }) => section(placed, text)).join('\n')
  const headings = operations.map(({ operation: { operationId: id, summary } }) => {
    return { level: 2, id, text: summary }
  })
  const about = tag.description
  return { slug: slugOfTag(tag.name), title: tag.name, markdown, about, file: null, html, headings }
}

function headOf({ method, path, operation }: Placed): string {
  return `## ${operation.summary}\n\n\`${method} ${path}\` · \`${operation.operationId}\`\n\n`
}

function section(placed: Placed, text: string): string {
  const { method, path, operation } = placed
  const { operationId: id, summary } = operation
  const label = escapeHtml(`Link to ${summary}`)
  const shown = escapeHtml(path).replaceAll('/', '<wbr>/')
  return `<section class="operation" aria-labelledby="${id}">
<div class="words">
<h2 id="${id}">${escapeHtml(summary)} <a class="anchor" href="#${id}"
 aria-label="${label}">#</a></h2>
<p class="route"><span class="method ${method.toLowerCase()}">${method}</span>
<code>${shown}</code></p>
${lower(render(text, null).html)}
</div>
<div class="samples">${samples(operation)}${answers(operation)}${tryIt(placed)}</div>
</section>`
}

/** Ids of headings inside of operations would be there many times. */
function lower(html: string): string {
  return html.replaceAll(/<h3 id="[^"]*">(.*?) <a class="anchor".*?<\/a><\/h3>/g, '<h3>$1</h3>')
}

function textOf(document: Document, { operation }: Placed): string {
  const query = parametersOf(document, operation).filter((one) => one.in === 'query')
  const [body] = Object.values(operation.requestBody?.content ?? {})
  const [good] = goodAnswers(operation)
  const parts = [
    operation.description ?? '',
    table('Query', query.map(fieldOfParameter)),
    body === undefined ? '' : table('Body', fieldsOf(document, body.schema)),
    good === undefined ? '' : table('Answer', fieldsOf(document, good.schema), false),
    refusals(operation),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function fieldOfParameter({
  name,
  schema,
  required,
  description,
}: ReturnType<typeof parametersOf>[number]): Field {
  const type = Array.isArray(schema.type)
    ? schema.type.join(' or ')
    : String(schema.type ?? 'string')
  const choices = schema.enum?.map((one) => JSON.stringify(one)).join(' or ')
  return {
    name,
    type: choices ?? type,
    isRequired: required === true,
    description: description ?? schema.description ?? '',
  }
}

function table(title: string, fields: readonly Field[], marks = true): string {
  if (fields.length === 0) return ''
  const lines = fields.map(({ name, type, isRequired, description }) => {
    const required = marks && isRequired ? ', required' : ''
    const text = description.replaceAll('\n', ' ').replaceAll('|', '\\|')
    return `| \`${name}\` | ${type.replaceAll('|', '\\|')}${required} | ${text} |`
  })
  return `### ${title}\n\n| field | type | |\n|---|---|---|\n${lines.join('\n')}`
}

function refusals({ responses }: Operation): string {
  const codes = Object.values(responses).flatMap(({ content }) =>
    Object.keys(content?.['application/problem+json']?.examples ?? {}),
  )
  const own = codes.filter((code) => !EVERYWHERE.has(code))
  if (own.length === 0) return ''
  const lines = own.map((code) => {
    const { status, title } = ERRORS[code as ErrorCode]
    return `| [\`${code}\`](/errors/${code}) | ${status} | ${title} |`
  })
  const head = '### Refusals\n\nBesides [those of every operation](/errors):\n\n| code | status | |'
  return `${head}\n|---|---|---|\n${lines.join('\n')}`
}

/** Codes that nearly every operation can be refused with. */
const EVERYWHERE = new Set<string>([
  'body_too_large',
  'busy',
  'csrf_refused',
  'idempotency_key_invalid',
  'idempotency_key_reused',
  'internal',
  'invalid_request',
  'malformed_json',
  'outcome_unknown',
  'rate_limited',
  'storage_full',
  'unauthenticated',
  'unavailable',
  'unsupported_media_type',
] satisfies ErrorCode[])

function goodAnswers({ responses }: Operation) {
  return ['201', '200'].flatMap((status) =>
    Object.values(responses[status]?.content ?? {}).slice(0, 1),
  )
}

function exampleOf(operation: Operation): string | null {
  const [good] = goodAnswers(operation)
  const [example] = Object.values(good?.examples ?? {})
  if (example === undefined) return null
  const { value } = example
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

const FENCES: Readonly<Record<string, string>> = { TypeScript: 'ts', curl: 'sh' }

function samples({ 'x-codeSamples': all = [] }: Operation): string {
  return all.map(({ label, source }) => codeBlock(source, FENCES[label] ?? '')).join('')
}

function answers(operation: Operation): string {
  const example = exampleOf(operation)
  if (example === null) return ''
  return `<p class="of-answer">Answer</p>${codeBlock(example, 'json')}`
}

function codeOf({ operation }: Placed): string {
  const example = exampleOf(operation)
  const blocks = (operation['x-codeSamples'] ?? []).map(
    ({ label, source }) => `\`\`\`${FENCES[label] ?? ''}\n${source}\n\`\`\`\n`,
  )
  const answer = example === null ? '' : `Answer:\n\n\`\`\`json\n${example}\n\`\`\`\n`
  return `${blocks.join('\n')}\n${answer}`
}

/** The form is made when it is opened: see `web/docs/try-it.ts`. */
function tryIt({ method, path, operation }: Placed): string {
  if (operation.operationId === 'streamShow') return ''
  const json = operation.requestBody?.content['application/json']
  const [example] = Object.values(json?.examples ?? {})
  const body = json === undefined ? '' : JSON.stringify(example?.value ?? {}, null, 2)
  return `<details class="try" data-method="${method}" data-path="${escapeHtml(path)}"
 data-body="${escapeHtml(body)}"><summary>Try it</summary></details>`
}
