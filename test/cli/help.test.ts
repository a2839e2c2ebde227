import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import * as pages from '../../scripts/reference-pages.ts'
import { commandsBelow, helpOf, open, pathOf } from '../../scripts/reference-pages.ts'
import { EXIT_CODES } from '../../src/cli/exit-codes.ts'
import { rowlock } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'

const commands = commandsBelow(await open())

describe('help', () => {
  for (const command of commands) {
    it(`of ${pathOf(command)} fits 80 columns and has examples`, () => {
      const help = helpOf(command)
      const wide = help.split('\n').filter((line) => line.length > 80)
      assert.deepEqual(wide, [])
      assert.match(help, /\n(Examples?|First steps):\n {2}\S/)
    })
  }

  it('is printed when nothing is asked for', async () => {
    const { code, stdout } = await rowlock([])
    assert.equal(code, 0)
    assert.match(stdout, /^Usage: rowlock/)
    for (const { code } of Object.values(EXIT_CODES)) {
      assert.match(stdout, new RegExp(`^ +${code} {2}\\S`, 'm'))
    }
  })

  it('needs neither a database nor a configuration that is right', async () => {
    const { code, stdout } = await rowlockHere(['check', '--help'], { PORT: 'nonsense' })
    assert.equal(code, 0)
    assert.match(stdout, /^Usage: rowlock check/)
  })
})

describe('the reference', () => {
  for (const [name, page] of [
    ['configuration.md', pages.configurationPage],
    ['cli.md', pages.commandLinePage],
  ] as const) {
    it(`${name} says what the code says (npm run reference)`, async () => {
      const text = await readFile(new URL(`../../docs/reference/${name}`, import.meta.url), 'utf8')
      assert.ok(text === (await page()), `docs/reference/${name} is out of date`)
    })
  }
})
