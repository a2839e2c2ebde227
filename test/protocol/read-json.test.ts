import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readJson } from '../../src/protocol/index.ts'
import { runs } from '../support/runs.ts'

const WIDE = { partsMax: 1_000_000, depthMax: 1_000 }

describe('JSON that is read', () => {
  test('is what JSON.parse makes of it, for any value and any spacing', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(4), (text, indent) => {
        const value: unknown = JSON.parse(text)
        const spaced = JSON.stringify(value, null, indent)
        const reading = readJson(spaced, WIDE)
        if (reading.fault !== undefined) assert.match(spaced, /__proto__|constructor/)
        else assert.deepEqual(reading.value, value)
      }),
      runs('JSON', 100),
    )
  })

  test('is refused where a field stands twice, however it is written', () => {
    const twice = [
      '{"a":1,"a":2}',
      '{"a":1,"\\u0061":2}',
      '[{"b":[{"a\\"":1,"x":{},"a\\"":1}]}]',
      '{"a:":1,"b,":"\\\\","a:":2}',
    ]
    for (const text of twice) assert.equal(readJson(text, WIDE).fault, 'repeated', text)
    const once = ['{"a":{"a":{"a":1}}}', '[{"a":1},{"a":1}]', '{"a":"{\\"a\\":1,\\"a\\":2}"}']
    for (const text of once) assert.equal(readJson(text, WIDE).fault, undefined, text)
  })

  test('is refused for how much there is, before it is parsed', () => {
    const bounds = { partsMax: 10, depthMax: 3 }
    assert.equal(readJson(`[${'0,'.repeat(10)}0]`, bounds).fault, undefined)
    assert.equal(readJson(`[${'0,'.repeat(11)}0]`, bounds).fault, 'too_many')
    assert.equal(readJson('"a":0,'.repeat(6), bounds).fault, 'too_many')
    assert.equal(readJson('[[[]]]', bounds).fault, undefined)
    assert.equal(readJson('[[[[', bounds).fault, 'too_deep')
    assert.equal(readJson('"[[[[,,,,,,,,,,,,,,,"', bounds).fault, undefined)
  })

  test('is refused where it is none', () => {
    for (const text of ['', '{', '"', '"\\', '{"a":}', '[1,]', 'x']) {
      assert.equal(readJson(text, WIDE).fault, 'malformed', text)
    }
  })
})
