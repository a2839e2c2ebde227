import { createRandom, type Random } from '../../../rig/index.ts'
import type { ApiOperation, ApiUnderFuzz } from './api-under-fuzz.ts'
import { type FuzzBody, makeBody } from './body-maker.ts'
import type { FuzzRequest } from './fuzz-request.ts'
import { makeHeaders } from './header-maker.ts'
import { hostileText } from './hostile.ts'
import type { Makings } from './makings.ts'
import type { Pool } from './pool.ts'
import { ValueMaker } from './value-of-schema.ts'

const STRAY_METHODS = ['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'BREW', 'get']

/** Makes a request, valid or not, to an operation that the document names. */
export function makeRequest(api: ApiUnderFuzz, pool: Pool, seed: string): FuzzRequest {
  const random = createRandom(seed)
  const makings: Makings = { api, pool, random, maker: new ValueMaker(api, pool, random) }
  const operation = random.pick(api.operations)
  const caller = pool.caller(random, operation.id)
  const address = makeAddress(makings, operation)
  const method = makeMethod(random, operation)
  const isBent = address.isBent || method.isBent
  const body = makeBody(makings, operation)
  const head = makeHeaders(makings, caller, body)
  return {
    seed,
    role: caller.role,
    operation: isBent ? null : operation,
    method: method.name,
    target: address.target,
    headers: head.headers,
    body: body.bytes,
    isBodyDocumented: isBent || method.name === 'HEAD' ? null : documented(body),
    isOdd: isBent || method.name === 'HEAD' || head.isOdd || body.isOdd || address.isOdd,
  }
}

function documented({ isDocumented, bytes }: FuzzBody): boolean | null {
  return bytes === null ? null : isDocumented
}

function makeMethod(random: Random, { method }: ApiOperation): { name: string; isBent: boolean } {
  if (method === 'GET' && random.chance(0.05)) return { name: 'HEAD', isBent: false }
  if (random.chance(0.97)) return { name: method, isBent: false }
  return { name: random.pick(STRAY_METHODS), isBent: true }
}

/** Longer ones may be too large for the head of a request. */
const QUERY_SANE = 3_000

interface Address {
  readonly target: string
  readonly isBent: boolean
  readonly isOdd: boolean
}

function makeAddress(makings: Makings, operation: ApiOperation): Address {
  const { random, maker, pool } = makings
  let isBent = false
  let isOdd = false
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const values = new Map<string, string>()
  // The innermost first: a hold says which show it belongs to.
  for (const name of names.toReversed()) {
    const known = random.chance(0.9) ? maker.known(name) : undefined
    if (known !== undefined) {
      values.set(name, encodeURIComponent(known))
      const company = pool.companyOf(known)
      if (company.size > 0) maker.company = company
    } else if (random.chance(0.7)) {
      values.set(name, encode(random, `${name}_${'0'.repeat(32)}`))
    } else {
      const text = hostileText(random)
      isOdd = true
      isBent ||= text === ''
      values.set(name, encode(random, text))
    }
  }
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name) => values.get(name) ?? '')
  if (random.chance(0.01)) {
    isBent = true
    return { target: bend(random, path), isBent, isOdd: true }
  }
  const query = makeQuery(makings, operation)
  return { target: `${path}${query}`, isBent, isOdd: isOdd || query.length > QUERY_SANE }
}

/** Escaped as it should be, or every byte of it, or twice. */
function encode(random: Random, text: string): string {
  const once = encodeURIComponent(text.toWellFormed()).replaceAll("'", '%27')
  if (random.chance(0.8)) return once
  if (random.chance(0.5)) return once.replaceAll('%', '%25')
  const bytes = [...Buffer.from(text.slice(0, 500))]
  return bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
}

function bend(random: Random, path: string): string {
  const at = random.whole(1, path.length)
  const wedge = ['/', '//', '/../', '/./', ';a=b', '%', '%zz', '%ff', '%2f', '#', '?', '*', '\\']
  return `${path.slice(0, at)}${random.pick(wedge)}${random.chance(0.5) ? path.slice(at) : ''}`
}

const BROKEN_QUERIES = ['&', '=', '?', '%zz=%zz', '__proto__=1', 'a[b]=1', '%00', 'x=1', '+', ';']

function makeQuery({ random, maker }: Makings, operation: ApiOperation): string {
  const parts: string[] = []
  for (const { in: place, name, schema } of operation.parameters) {
    if (place !== 'query' || !random.chance(0.35)) continue
    const value = random.chance(0.75)
      ? String(maker.valueOf(schema, name)).toWellFormed()
      : hostileText(random).toWellFormed()
    parts.push(`${name}=${encodeURIComponent(value).replaceAll("'", '%27')}`)
    if (random.chance(0.02)) parts.push(`${name}=1`)
  }
  if (random.chance(0.03)) parts.push(random.pick(BROKEN_QUERIES))
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}
