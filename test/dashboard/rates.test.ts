import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Rates } from '../../web/dashboard/system/rates.ts'

const AT = Date.parse('2026-12-01T19:00:00Z')

function look(rates: Rates, seconds: number, count: number): void {
  rates.add({ requests: count, engine: { commands: 0 } }, AT + 1000 * seconds)
}

describe('a chart of load', () => {
  it('draws what was counted between two looks', () => {
    const rates = new Rates()
    for (const [seconds, count] of [
      [0, 0],
      [2, 10],
      [4, 14],
    ] as const) {
      look(rates, seconds, count)
    }
    assert.deepEqual(rates.columns()[1], [5, 2])
  })

  it('leaves a gap where nobody could look, and where the server began anew', () => {
    const rates = new Rates()
    for (const [seconds, count] of [
      [0, 0],
      [2, 10],
      [20, 400],
      [22, 402],
      [24, 0],
      [26, 6],
    ] as const) {
      look(rates, seconds, count)
    }
    assert.deepEqual(rates.columns()[1], [5, null, 1, null, 3])
  })
})
