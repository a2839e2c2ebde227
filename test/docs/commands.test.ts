/** Test of what README and the guides tell people to paste into a shell. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'
import { commandsOf } from './blocks.ts'
import { useReader } from './paste.ts'

const database = await useTestDatabase('guides')
const { environment, paste } = await useReader(database)
// What `npm start` does to an empty database of its own.
assert.equal((await rowlockHere(['demo'], environment)).code, 0)

describe('commands of the documentation', { skip: process.platform === 'win32' }, () => {
  test('the tour of README holds, is refused, books, cancels and checks', async (context) => {
    const said = await paste(context, await commandsOf('README.md', 'A tour'))
    assert.match(said, /"counts":\{"total":\d+/)
    assert.match(said, /"id":"hold_\w+","show":"avengers-2026-7pm","seats":\["A1","A2"\]/)
    assert.match(said, /"code":"seats_unavailable".*"seat":"A2","reason":"held"/)
    assert.match(said, /"id":"book_\w+".*"reference":"payment-4711"/)
    assert.match(said, /"cancelledAt":"20/)
    assert.match(said, /"kind":"cancel"/)
    assert.match(said, /every promise kept/)
    assert.doesNotMatch(said, /"status":(?:400|401|403|404|5\d\d)/)
  })

  test('the guide about access says nothing that is refused', async (context) => {
    const said = await paste(context, await commandsOf('docs/guides/access.md'))
    assert.match(said, /"email":"ada@example.org"/)
    assert.match(said, /"secret":"rlp_/)
    assert.match(said, /"confirmBy":"seller"/)
    assert.match(said, /"action":"revokeApiKey"/)
    assert.doesNotMatch(said, /"code":/)
  })

  test('the commands of the checklist for production end well', async () => {
    const pages = await commandsOf('docs/operating/production.md')
    // Somebody of that name is there already, from the guide about access.
    const commands = pages.map((text) => text.replaceAll('ada@', 'augusta@'))
    const lines = commands
      .flatMap((text) => text.split('\n'))
      .filter((line) => /^rowlock /.test(line))
    assert.ok(lines.length >= 6, lines.join('\n'))
    const ids: Record<string, string> = {}
    for (const line of lines.flatMap((each) => each.split(' && '))) {
      const [asked = ''] = line
        .replace(/\b(user|key)_\w{32}/g, (id, kind) => ids[kind] ?? id)
        .split('   #')
      const words = (asked.match(/"[^"]*"|\S+/g) ?? [])
        .slice(1)
        .map((word) => word.replaceAll('"', ''))
      const { code, stdout, stderr } = await rowlockHere(words, environment)
      assert.equal(code, 0, `${asked}: ${stderr}`)
      for (const [id, kind = ''] of stdout.matchAll(/\b(user|key)_\w{32}/g)) ids[kind] ??= id
    }
  })
})
