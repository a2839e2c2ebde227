import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { blankText } from './rules/blank-text.ts'

describe('making blank what is not code', () => {
  for (const [what, text, code] of [
    ['comments', 'a // b\nc /* d\ne */ f', 'a /   \nc /   \n     f'],
    ['strings', `a('b', "c") + d`, 'a(   ,    ) + d'],
    ['templates but not their holes', '`a #{b({ c: `d` })} e` + f', '`  #{b({ c: ` ` })}  ` + f'],
    ['regular expressions', 'x = /a["b]/g; y', 'x = /       ; y'],
    ['nothing of a division', 'a / b / c', 'a / b / c'],
  ] as const) {
    it(`takes ${what}`, () => {
      // A hash stands for the dollar, which would make this file look like a mistake.
      const blank = blankText(text.replaceAll('#', '$'), 'ts')
      assert.equal(blank.length, text.length)
      assert.equal(blank.replace(/['"]/g, ' '), code.replace(/['"]/g, ' ').replaceAll('#', '$'))
    })
  }

  it('takes comments and strings of SQL', () => {
    const blank = blankText("a 'it''s' b -- c\nd", 'sql')
    assert.equal(blank.replace(/['-]/g, ' '), 'a         b     \nd')
  })

  it('keeps every character of code in its place', () => {
    const text = "const name = 'x' // y\nif (name) { call(`a#{name}b`) }\n"
    const blank = blankText(text, 'ts')
    assert.equal(blank.indexOf('call'), text.indexOf('call'))
    assert.equal(blank.split('\n').length, text.split('\n').length)
  })
})
