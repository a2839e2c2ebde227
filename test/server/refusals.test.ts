/**
 * Every refusal of every operation is provoked, over HTTP, and its sentence read: a detail belongs
 * to its code. `sentences.json` says what people read, by operation and code.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { ERRORS, type ErrorCode } from '../../src/protocol/index.ts'
import { OPERATION_IDS, specOf } from '../../src/protocol/operations/index.ts'
import { refusalsOf } from '../../src/server/openapi/problem-responses.ts'
import type { Told } from '../support/call-operation.ts'
import { useTestDatabase } from '../support/database.ts'
import { House } from './refusals/house.ts'
import { PROVOCATIONS } from './refusals/index.ts'
import { askUnknown, ELSEWHERE, OF_EVERY, ONCE } from './refusals/of-all.ts'
import type { Provoke } from './refusals/provocation.ts'
import SENTENCES from './refusals/sentences.json' with { type: 'json' }

const house = await House.open(await useTestDatabase('refusals'))
after(() => house.close())

/** Picks what a person reads, without what is another each time. */
function sentenceOf({ body }: Told): string {
  const {
    detail,
    title,
    mistakes = [],
  } = body as {
    detail?: string
    title: string
    mistakes?: { path: string; message: string }[]
  }
  const places = mistakes.map(({ path, message }) => `${path} ${message}`).join('; ')
  return (detail ?? (places || title))
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/\d+ s\b/g, '<seconds>')
    .replace(/hamlet-\d+/g, 'hamlet')
    .replace(/localhost:\d+/g, 'localhost:PORT')
}

const READINGS = SENTENCES as Readonly<Record<string, Record<string, string | string[]>>>

/**
 * Notes a refusal. Its sentence may depend on the operation, where a code is provoked in the same
 * way for all.
 */
function read(about: string, code: ErrorCode, told: Told): void {
  assert.equal(told.body?.code, code, JSON.stringify(told))
  assert.equal(told.status, ERRORS[code].status)
  const known = [READINGS[about]?.[code] ?? []].flat()
  assert.ok(known.includes(sentenceOf(told)), `${about}: ${sentenceOf(told)}`)
}

for (const id of OPERATION_IDS) {
  describe(id, () => {
    const own = (PROVOCATIONS as Record<string, Record<string, Provoke>>)[id] ?? {}
    for (const code of refusalsOf(specOf(id))) {
      const unknown = /^(\w+)_unknown$/.exec(code)?.[1] ?? ''
      const isOfAddress = specOf(id).path.includes(`{${unknown}}`)
      const every = OF_EVERY[code]
      const provoke = own[code]
      if (provoke) test(code, async () => read(id, code, await provoke(house)))
      else if (isOfAddress) {
        test(code, async () => read('unknown', code, await askUnknown(house, id, unknown)))
      } else if (every) {
        test(code, async () => read('all', code, await every(house, id)))
      } else {
        test(`${code} is provoked once for all`, () => assert.ok(code in ONCE || code in ELSEWHERE))
      }
    }
  })
}

describe('once for all operations', () => {
  for (const [code, provoke] of Object.entries(ONCE)) {
    test(code, async () => read('all', code as ErrorCode, await provoke(house)))
  }

  for (const [code, { because, by }] of Object.entries(ELSEWHERE)) {
    test(`${code}: ${because}`, () => assert.match(readFileSync(by, 'utf8'), new RegExp(code)))
  }
})

/** Codes whose title says what to do, or whose address leaves nothing to advise. */
const TITLE_SAYS_IT: readonly string[] = [
  'headers_too_large',
  'uri_invalid',
  'route_unknown',
  'unsupported_media_type',
  'venue_retired',
  'plan_retired',
  'plan_shared',
]

test('whoever is refused is told what to do', () => {
  for (const [about, codes] of Object.entries(READINGS)) {
    for (const [code, sentences] of Object.entries(codes)) {
      const isBare = [sentences].flat().includes(ERRORS[code as ErrorCode].title)
      assert.equal(isBare, TITLE_SAYS_IT.includes(code), `${about}: ${code}`)
    }
  }
})

test('no sentence is read that nobody is told any more', () => {
  const own = Object.entries(PROVOCATIONS).map(([id, codes]) => [id, Object.keys(codes).toSorted()])
  const { all: _, unknown: __, ...read } = READINGS
  const known = Object.entries(read).map(([id, codes]) => [id, Object.keys(codes).toSorted()])
  assert.deepEqual(Object.fromEntries(known), Object.fromEntries(own))
})
