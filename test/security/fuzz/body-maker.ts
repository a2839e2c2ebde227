import { gzipSync } from 'node:zlib'
import type { Random } from '../../../rig/index.ts'
import type { ApiBody, ApiOperation } from './api-under-fuzz.ts'
import { hostileText, mutate } from './hostile.ts'
import type { Makings } from './makings.ts'
import type { ValueMaker } from './value-of-schema.ts'

/** A body and what says how to read it. */
export interface FuzzBody {
  readonly bytes: Buffer | null
  readonly type: string | null
  readonly encoding: string | null
  /** True when the document allows it; null when that cannot be said. */
  readonly isDocumented: boolean | null
  readonly isOdd: boolean
}

const NONE: FuzzBody = {
  bytes: null,
  type: null,
  encoding: null,
  isDocumented: null,
  isOdd: false,
}
const JSON_TYPES = [
  'application/json',
  'application/json',
  'application/json; charset=utf-8',
  'Application/JSON',
]
const OTHER_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/merge-patch+json',
  'application/json; charset=utf-16',
  'text/csv',
  'a/b',
  ';',
  'json',
  '*/*',
  '',
]

/** A body as the document wants it, or not. Operations without one get one now and then. */
export function makeBody(makings: Makings, { body }: ApiOperation): FuzzBody {
  const { random } = makings
  if (body === null) return random.chance(0.97) ? NONE : stray(random)
  if (random.chance(0.02)) return NONE
  const [type, values] = random.pick([['', []], ...Object.entries(body.otherTypes)] as const)
  if (type !== '') return otherBody(random, type, values)
  const value = makeValue(makings, body)
  return broken(random, value, body)
}

function stray(random: Random): FuzzBody {
  const bytes = Buffer.from(random.pick(['{}', '[]', 'x', '{"a":1}']))
  const type = random.pick([...JSON_TYPES, ...OTHER_TYPES])
  return { bytes, type, encoding: null, isDocumented: null, isOdd: true }
}

function otherBody(random: Random, type: string, values: readonly unknown[]): FuzzBody {
  let text = String(random.pick(values.length === 0 ? [''] : values))
  if (random.chance(0.6)) {
    const at = random.whole(0, text.length)
    text = `${text.slice(0, at)}${hostileText(random)}${text.slice(at + random.whole(0, 3))}`
  }
  return { ...NONE, bytes: Buffer.from(text), type }
}

function makeValue({ random, maker }: Makings, body: ApiBody): unknown {
  const isExample = body.examples.length > 0 && random.chance(0.5)
  let value: unknown = isExample
    ? revive(random.pick(body.examples), maker, random)
    : maker.valueOf(body.schema)
  const share = random.next()
  if (share < 0.55) return value
  const changes = share < 0.9 ? 1 : random.whole(2, 4)
  for (let change = 0; change < changes; change++) value = mutate(random, value)
  return value
}

/** An example speaks of things that are not there: they are replaced by some that are. */
function revive(value: unknown, maker: ValueMaker, random: Random, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => revive(item, maker, random, name))
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, child]) => [
      key,
      revive(child, maker, random, key),
    ])
    return Object.fromEntries(entries)
  }
  if (typeof value !== 'string' || random.chance(0.3)) return value
  return maker.known(name) ?? value
}

/** The value as JSON, or as what is left of it. */
function broken(random: Random, value: unknown, body: ApiBody): FuzzBody {
  const text = JSON.stringify(value) ?? 'null'
  const isDocumented = body.isValid(JSON.parse(text))
  const plain = {
    ...NONE,
    bytes: Buffer.from(text),
    type: random.pick(JSON_TYPES),
    isDocumented: isDocumented ? null : false,
  }
  if (random.chance(0.85)) return plain
  if (random.chance(0.3)) {
    return { ...plain, type: random.pick(OTHER_TYPES), isDocumented: null }
  }
  if (random.chance(0.05)) return { ...plain, bytes: gzipSync(text), encoding: 'gzip' }
  return { ...plain, bytes: breakText(random, text), isDocumented: null }
}

function breakText(random: Random, text: string): Buffer {
  const at = random.whole(0, text.length)
  switch (random.whole(0, 9)) {
    case 0:
      return Buffer.from(text.slice(0, at))
    case 1:
      return Buffer.from(`${text}${text}`)
    case 2:
      return Buffer.from(text.replace('{', '{"__proto__":{"role":"operator"},'))
    case 3:
      return Buffer.from(text.replace('{', '{"constructor":{"prototype":{"a":1}},'))
    case 4:
      return Buffer.from(text.replace(/\{"(\w+)":/, '{"$1":null,"$1":'))
    case 5:
      return Buffer.from(
        text.replace(/:("[^"]*"|\d+)/, `:${'['.repeat(5_000)}${']'.repeat(5_000)}`),
      )
    case 6:
      return Buffer.from(
        text.replace(/\d+/, random.pick(['1e999', '-0', '1E2', '01', '1.0', '+1'])),
      )
    case 7:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])
    case 8:
      return Buffer.from(text, 'utf16le')
    default: {
      const bytes = Buffer.from(text)
      if (bytes.length > 0) bytes[at % bytes.length] = random.whole(0, 255)
      return bytes
    }
  }
}
