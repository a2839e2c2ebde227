import { createRandom, type Random } from '../../../rig/index.ts'
import type { FuzzBody } from './body-maker.ts'
import { HOSTILE_TEXTS } from './hostile.ts'
import type { Makings } from './makings.ts'
import type { Caller } from './pool.ts'

type Header = readonly [string, string]

/** Headers that a server, or what stands in front of it, may be misled by. */
const MISLEADING: readonly string[] = [
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'forwarded',
  'x-http-method-override',
  'x-original-url',
  'x-request-id',
  'if-none-match',
  'if-match',
  'range',
  'accept',
  'accept-encoding',
  'accept-language',
  'last-event-id',
  'origin',
  'referer',
  'sec-fetch-site',
  'cookie',
  'te',
  'user-agent',
  'x-api-key',
  'rowlock-csrf',
  'authorization',
  'idempotency-key',
]

const VALUES: readonly string[] = [
  '*',
  'null',
  'none',
  'cross-site',
  'same-origin',
  'https://evil.example',
  'http://127.0.0.1',
  '127.0.0.1, 10.0.0.1',
  '::1',
  'W/"x", "y"',
  'bytes=0-1',
  'application/xml',
  'gzip;q=2',
  '-1',
  '0',
  '999999999999999999999',
  'Bearer',
  'Bearer x',
  'Bearer a.b.c',
  'Basic YTpi',
  'rowlock_access=x; rowlock_refresh=y',
  'rowlock_access=',
  'a'.repeat(3_000),
  ...HOSTILE_TEXTS.filter((text) => text.length < 60),
]

/** Writes a header as clients do: no control characters, one byte for each character. */
const sane = (text: string) => {
  const bytes = [...Buffer.from(text.toWellFormed(), 'utf8')]
  return Buffer.from(bytes.filter((byte) => byte >= 0x20 && byte !== 0x7f)).toString('latin1')
}

/** The headers of a request; odd ones are refused before any operation has a say. */
export function makeHeaders(
  makings: Makings,
  caller: Caller,
  body: FuzzBody,
): { headers: Header[]; isOdd: boolean } {
  const { random } = makings
  const headers: Header[] = [['host', '127.0.0.1'], ...caller.headers]
  if (body.type !== null) headers.push(['content-type', body.type])
  if (body.encoding !== null) headers.push(['content-encoding', body.encoding])
  if (body.bytes !== null) headers.push(['content-length', String(body.bytes.length)])
  if (random.chance(0.4)) headers.push(['idempotency-key', idempotencyKey(random)])
  if (random.chance(0.12)) {
    headers.push([random.pick(MISLEADING), sane(random.pick(VALUES))])
  }
  const odd = random.chance(0.01) ? random.pick(ODD) : null
  if (odd !== null) headers.push(odd)
  return { headers, isOdd: odd !== null }
}

/** A new one, or one of a few that other requests have used. */
function idempotencyKey(random: Random): string {
  if (random.chance(0.2)) return `fuzz-idempotency-key-${random.whole(1, 50)}`
  const letters = createRandom(String(random.next()))
  return Array.from({ length: 32 }, () => letters.whole(0, 15).toString(16)).join('')
}

/** Headers that break HTTP itself, or nearly so. */
const ODD: readonly Header[] = [
  ['x-nul', 'a\u0000b'],
  ['x-bare', 'a\nb'],
  ['x-return', 'a\rb'],
  ['x-high', '\u00ff\u00fe'],
  ['bad name', 'x'],
  ['', 'x'],
  ['host', 'second.example'],
  ['content-length', '5'],
  ['transfer-encoding', 'chunked'],
  ['transfer-encoding', 'identity, chunked'],
  ['expect', '100-continue'],
  ['expect', 'something'],
  ['upgrade', 'websocket'],
  ['upgrade', 'h2c'],
  ['connection', 'close'],
  ['x-large', 'a'.repeat(20_000)],
  ['x-injected', 'a\r\nset-cookie: b=c'],
]
