import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import type { Engine } from '../../../src/engine/index.ts'
import { openapiDocument } from '../../../src/server/index.ts'
import { useTestDatabase } from '../../support/database.ts'
import { listen, OPERATOR_KEY } from '../../support/servers.ts'
import type { RawAnswer } from '../raw-client.ts'
import { readApi } from './api-under-fuzz.ts'
import type { FuzzRequest } from './fuzz-request.ts'
import { runFuzz } from './run-fuzz.ts'
import { offencesOf, textOf } from './verdict.ts'

const { operations } = readApi(JSON.parse(JSON.stringify(await openapiDocument('1.2.3'))))
const operation = operations.find(({ id }) => id === 'createVenue') ?? null

const request: FuzzRequest = {
  seed: 'x',
  operation,
  role: 'operator',
  method: 'POST',
  target: '/v1/venues',
  headers: [],
  body: Buffer.from('{"name":"Globe"}'),
  isBodyDocumented: null,
  isOdd: false,
}

const venue = {
  id: `venue_${'0'.repeat(32)}`,
  name: 'Globe',
  timeZone: null,
  retiredAt: null,
  createdAt: '2030',
}
const head = {
  'x-request-id': 'r',
  'cache-control': 'no-store',
  location: '/v1/venues/x',
  'content-type': 'application/json; charset=utf-8',
}
const good: RawAnswer = answer(201, head, venue)

function answer(status: number, headers: Record<string, string>, body: unknown): RawAnswer {
  return { status, headers, body: Buffer.from(JSON.stringify(body)) }
}

function problem(code: string, status: number, more: object = {}): RawAnswer {
  const headers = { ...head, 'content-type': 'application/problem+json; charset=utf-8' }
  const title = 'There is no such show.'
  const body = { type: `/errors/${code}`, title, status, code, requestId: 'r', ...more }
  return answer(status, headers, body)
}

const judge = (given: RawAnswer | null, more: Partial<FuzzRequest> = {}) =>
  offencesOf({ ...request, ...more }, given, ['never-to-be-told']).join('; ')

describe('the judge of answers', () => {
  test('has nothing against a good one', () => assert.equal(judge(good), ''))

  const { location: _, ...homeless } = head
  const bad: [string, RawAnswer | null, RegExp, Partial<FuzzRequest>?][] = [
    ['none', null, /no answer/],
    ['a 500', problem('internal', 500), /status 500/],
    ['an undocumented status', answer(202, head, venue), /status 202 is not documented/],
    ['an undocumented code', problem('show_unknown', 404), /404 is not documented/],
    ['a code with another status', problem('show_unknown', 400), /show_unknown with status 400/],
    ['a code that is none', problem('oops', 400), /unknown code oops/],
    [
      'a body that differs from its schema',
      answer(201, head, { id: 1 }),
      /differs from its schema/,
    ],
    ['a missing Location', answer(201, homeless, venue), /no location/],
    ['HTML', { ...good, headers: { ...head, 'content-type': 'text/html' } }, /text\/html is not/],
    ['a stack', problem('invalid_request', 400, { detail: 'at f (x.ts:1:2)' }), /its inside/],
    ['SQL', problem('invalid_request', 400, { detail: 'syntax error at or near' }), /its inside/],
    ['a secret', answer(201, head, { ...venue, name: 'never-to-be-told' }), /tells a secret/],
    ['a body taken that is none', good, /does not allow/, { isBodyDocumented: false }],
  ]
  for (const [what, given, offence, more] of bad) {
    test(`finds ${what}`, () => assert.match(judge(given, more), offence))
  }
})

test('control: a server with mistakes in it is found out', async () => {
  const database = await useTestDatabase('fuzz control')
  const server = await listen(database, { strictAnswers: false }, withMistakes)
  after(() => server.close())
  const { url } = server
  const settings = { url, operatorKey: OPERATOR_KEY, requests: 1_500, seed: 'control' }
  const { findings } = await runFuzz(settings)
  const found = findings.map(({ operation: id, offences }) => `${id}: ${offences.join('; ')}`)
  for (const mistake of [/^getVenue: .*status 500/, /^listShows: .*differs from its schema/]) {
    assert.ok(
      found.some((finding) => mistake.test(finding)),
      found.join('\n'),
    )
  }
})

/** One operation that breaks, and one that answers what the document does not say. */
function withMistakes(engine: Engine): Engine {
  return {
    ...engine,
    getVenue: () => Promise.reject(new Error('a mistake')),
    listShows: () => Promise.resolve({ items: 'none' }) as never,
  }
}

test('what was compressed is read as it was before', () => {
  const [text, status] = ['{"items": []}', 200]
  for (const [encoding, body] of [
    ['gzip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['none', Buffer.from(text)],
  ] as const) {
    assert.equal(textOf({ status, headers: { 'content-encoding': encoding }, body }), text)
  }
})
