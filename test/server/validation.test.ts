import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { pino } from 'pino'
import { z } from 'zod'
import { Refusal } from '../../src/protocol/index.ts'
import { createSerializerCompiler, validatorCompiler } from '../../src/server/validation.ts'

const Body = z.strictObject({
  rows: z.union([z.string(), z.array(z.number())]),
  seats: z.array(z.strictObject({ label: z.string() })).optional(),
})

function mistakesOf(value: unknown, httpPart = 'body'): unknown {
  const route = { schema: Body, method: 'POST', url: '/', httpPart }
  const result = validatorCompiler(route)(value) as { error?: unknown }
  assert.ok(result.error instanceof Refusal)
  return result.error.details.mistakes
}

describe('what comes in', () => {
  test('is wrong at a place that people can read', () => {
    assert.deepEqual(mistakesOf({ rows: 'A', seats: [{ label: 'A1' }, {}] }), [
      { path: 'seats[1].label', message: 'is required' },
    ])
    assert.deepEqual(mistakesOf({ rows: 'A', seats: [{ label: 'A1', x: 1 }], y: 2 }), [
      { path: 'seats[0].x', message: 'is not known here' },
      { path: 'y', message: 'is not known here' },
    ])
  })

  test('is told of every form that would do', () => {
    assert.deepEqual(mistakesOf({ rows: true }), [
      {
        path: 'rows',
        message:
          'Invalid input: expected string, received boolean; or expected array, received boolean',
      },
    ])
  })

  test('is asked for when it is missing altogether', () => {
    assert.deepEqual(mistakesOf(null), [{ path: '', message: 'a JSON body is required' }])
  })

  test('does not come back at length', () => {
    const [mistake] = mistakesOf({ rows: 'A', ['x'.repeat(1_000)]: 1 }) as { path: string }[]
    assert.equal(mistake?.path.length, 201)
  })
})

describe('what a hot sale is answered', () => {
  const url = '/v1/shows/:show/holds'
  const route = { schema: z.object({ id: z.string() }), method: 'POST', url }

  test('is checked now and then, and sent all the same', () => {
    const lines: string[] = []
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) })
    const serialize = createSerializerCompiler(false, log)(route)
    for (let count = 0; count < 128; count++) assert.equal(serialize({ id: 7 }), '{"id":7}')
    assert.equal(lines.length, 2)
  })

  test('has nothing that its schema does not have, or the tests fail', () => {
    const serialize = createSerializerCompiler(true, undefined)(route)
    assert.equal(serialize({ id: 'a' }), '{"id":"a"}')
    assert.throws(() => serialize({ id: 'a', secret: 'b' }), /does not have/)
    assert.throws(() => serialize({ id: 7 }))
  })
})

describe('what goes out', () => {
  const route = { schema: z.strictObject({ id: z.string() }), method: 'GET', url: '/' }
  const strange = { id: 7 }

  test('is sent although it differs from its schema, and that is logged', () => {
    const lines: string[] = []
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) })
    const serialize = createSerializerCompiler(false, log)(route)
    assert.equal(serialize({ id: 'a' }), '{"id":"a"}')
    assert.equal(lines.length, 0)
    assert.equal(serialize(strange), '{"id":7}')
    assert.match(lines.join(''), /answer differs from its schema/)
  })

  test('is not sent in tests, where nobody reads the log', () => {
    const serialize = createSerializerCompiler(true, undefined)(route)
    assert.throws(() => serialize(strange), z.core.$ZodError)
  })
})
