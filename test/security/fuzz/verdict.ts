import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { ERRORS, type ErrorCode } from '../../../src/protocol/index.ts'
import type { RawAnswer } from '../raw-client.ts'
import type { DocumentedAnswer } from './api-under-fuzz.ts'
import type { FuzzRequest } from './fuzz-request.ts'

/** Texts that must never leave the server. */
export type Secrets = readonly string[]

/** Codes of what never reaches an operation: no operation documents them. */
const EVERYWHERE: ReadonlySet<string> = new Set<ErrorCode>([
  'malformed_http',
  'headers_too_large',
  'request_timeout',
  'uri_invalid',
  'route_unknown',
  'method_not_allowed',
])

/** Texts that only the inside of the server knows. None of it stands in any hostile text. */
const INSIDES: readonly RegExp[] = [
  /\bat \S+ \(.*:\d+:\d+\)/,
  /node_modules|node:internal/,
  /\.ts:\d+/,
  /SQLSTATE|syntax error at|violates \w+|relation \\?"|invalid input syntax|duplicate key value/i,
  /\bECONN\w+|\bpg_(?:catalog|temp)/,
]

/** Everything that is wrong with an answer; nothing for a good one. */
export function offencesOf(
  request: FuzzRequest,
  answer: RawAnswer | null,
  secrets: Secrets,
): string[] {
  if (answer === null) return ['no answer']
  const offences: string[] = []
  if (answer.status >= 500) offences.push(`status ${answer.status}`)
  const text = textOf(answer)
  if (answer.status >= 400) offences.push(...problemOffences(request, answer, text))
  offences.push(...leakOffences(answer, text, secrets))
  const { operation } = request
  if (operation !== null) offences.push(...operationOffences(request, answer, text))
  return offences
}

/** The form that every refusal has, documented or not. */
function problemOffences(request: FuzzRequest, answer: RawAnswer, text: string): string[] {
  if (request.method === 'HEAD') return []
  const { status, headers } = answer
  const problem = parsed(text) as Record<string, unknown> | undefined
  const code = String(problem?.code)
  const spec = Object.hasOwn(ERRORS, code) ? ERRORS[code as ErrorCode] : undefined
  const wants: [boolean, string][] = [
    [headers['content-type'] === 'application/problem+json; charset=utf-8', 'is no problem+json'],
    [spec !== undefined, `unknown code ${code}`],
    [spec?.status === status && problem?.status === status, `${code} with status ${status}`],
    [spec?.title === problem?.title, `another title than that of ${code}`],
    [problem?.type === `/errors/${code}`, 'another type than its page'],
    [problem?.requestId === headers['x-request-id'], 'another request id than its header'],
    [status !== 401 || headers['www-authenticate'] !== undefined, '401 without www-authenticate'],
    [status !== 405 || headers.allow !== undefined, '405 without allow'],
    [status !== 429 || /^[1-9]\d*$/.test(headers['retry-after'] ?? ''), '429 without retry-after'],
  ]
  return wants.filter(([isGood]) => !isGood).map(([, offence]) => offence)
}

function leakOffences(answer: RawAnswer, text: string, secrets: Secrets): string[] {
  const offences = secrets.filter((secret) => text.includes(secret)).map(() => 'tells a secret')
  if (answer.status < 400) return offences
  const inside = INSIDES.find((pattern) => pattern.test(text))
  return inside === undefined ? offences : [...offences, `tells of its inside: ${inside}`]
}

/** Tells whether any address may answer so; an answer to HEAD has no body that names its code. */
function isEverywhere(method: string, status: number, code: string): boolean {
  if (method !== 'HEAD') return EVERYWHERE.has(code)
  return [...EVERYWHERE].some((one) => ERRORS[one as ErrorCode].status === status)
}

/** Finds where an answer is not as the document says of the operation. */
function operationOffences(request: FuzzRequest, answer: RawAnswer, text: string): string[] {
  const { status, headers } = answer
  const code = status >= 400 ? String((parsed(text) as { code?: unknown })?.code) : ''
  if (request.isOdd && isEverywhere(request.method, status, code)) return []
  // The stream alone has no form without a body.
  if (request.method === 'HEAD' && status === 405) return []
  const documented = request.operation?.answers.get(status)
  if (documented === undefined) return [`status ${status} is not documented`]
  const offences: string[] = []
  if (headers['x-request-id'] === undefined) offences.push('no x-request-id')
  if (headers['cache-control'] === undefined) offences.push('no cache-control')
  if (headers['set-cookie']?.includes('b=c')) offences.push('a header was split')
  offences.push(...headerOffences(answer, documented))
  if (request.method === 'HEAD') return offences
  if (status >= 400 && !documented.codes.has(code)) offences.push(`${code} is not documented`)
  if (status < 400 && request.isBodyDocumented === false) {
    offences.push('took a body that the document does not allow')
  }
  return [...offences, ...bodyOffences(answer, text, documented)]
}

/** Finds documented headers that are missing although they are never left out. */
function headerOffences({ status, headers }: RawAnswer, documented: DocumentedAnswer): string[] {
  const always = documented.headers.filter(
    (name) => name === 'etag' || (name === 'location' && status === 201) || name === 'retry-after',
  )
  return always.filter((name) => headers[name] === undefined).map((name) => `no ${name}`)
}

function bodyOffences(
  { headers }: RawAnswer,
  text: string,
  { bodies }: DocumentedAnswer,
): string[] {
  if (bodies.size === 0) return text === '' ? [] : ['a body where none is documented']
  const type = headers['content-type']?.split(';', 1)[0] ?? 'no content type'
  const isValid = bodies.get(type)
  if (isValid === undefined) return [`${type} is not documented`]
  const values = type === 'text/event-stream' ? eventsOf(text) : [bodyValueOf(type, text)]
  if (values.includes(undefined)) return ['no JSON']
  return values
    .filter((value) => !isValid(value))
    .map(() => `differs from its schema: ${JSON.stringify(isValid.errors).slice(0, 500)}`)
}

function bodyValueOf(type: string, text: string): unknown {
  return type.endsWith('json') ? parsed(text) : text
}

function eventsOf(text: string): unknown[] {
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, line = '']) => parsed(line))
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a body as it was before it was compressed: whoever accepts anything (`*`) may get that. */
export function textOf({ body, headers }: RawAnswer): string {
  if (body.length === 0) return ''
  switch (headers['content-encoding']) {
    case 'gzip':
      return gunzipSync(body).toString('utf8')
    case 'br':
      return brotliDecompressSync(body).toString('utf8')
    case 'deflate':
      return inflateSync(body).toString('utf8')
    default:
      return body.toString('utf8')
  }
}
