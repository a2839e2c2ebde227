import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { EventParser, type StreamEvent } from '../../src/client/event-parser.ts'
import { runs } from '../support/runs.ts'

/** Everything that the parser tells of pieces of text; a wish to wait is a `retry`. */
function parse(pieces: readonly string[]): StreamEvent[] {
  const told: StreamEvent[] = []
  const parser = new EventParser({
    onEvent: (event) => told.push(event),
    onRetry: (ms) => told.push({ type: 'retry', data: String(ms) }),
  })
  for (const piece of pieces) parser.push(piece)
  return told
}

const STREAM = [
  ':\n\n',
  'event: snapshot\nid: 1\ndata: {"a":1}\n\n',
  'retry: 250\n\n',
  'event:change\r\ndata:one\r\ndata: two\r\n\r\n',
  'data: three\r\r',
  'event: nothing\n\n',
  'retry: soon\nunknown: 1\nfield\n\n',
  'data: é 🎭\n\n',
].join('')
const EVENTS = [
  { type: 'snapshot', data: '{"a":1}' },
  { type: 'retry', data: '250' },
  { type: 'change', data: 'one\ntwo' },
  { type: '', data: 'three' },
  { type: '', data: 'é 🎭' },
]

describe('events', () => {
  test('are the same however the text is cut', () => {
    const cuts = fc.array(fc.nat(STREAM.length), { maxLength: 20 })
    fc.assert(
      fc.property(cuts, (at) => {
        const ends = [...at, STREAM.length].toSorted((one, two) => one - two)
        let begin = 0
        const pieces = ends.map((end) => {
          const piece = STREAM.slice(begin, end)
          begin = end
          return piece
        })
        assert.deepEqual(parse(pieces), EVENTS)
      }),
      runs('pieces of a stream', 2_000),
    )
  })

  test('that are not complete do not happen', () => {
    for (let length = 0; length < 40; length++) {
      const text = 'event: change\ndata: {"version":12}\n\n'
      const expected = length < text.length ? [] : [{ type: 'change', data: '{"version":12}' }]
      assert.deepEqual(parse([text.slice(0, length)]), expected)
    }
  })
})
