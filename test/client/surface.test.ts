import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { createClient } from '../../src/client/index.ts'
import { LETTERS, STATUSES } from '../../src/client/live-view.ts'
import { SEAT_STATUSES, STATUS_LETTERS } from '../../src/protocol/index.ts'

const ROOT = new URL('../../', import.meta.url)
const directory = new URL('src/client/', ROOT)
const names = await readdir(directory)
const files = await Promise.all(names.map((name) => readFile(new URL(name, directory), 'utf8')))
const code = files.map((text) => stripTypeScriptTypes(text))

/** Not minified and with comments: what it is once built is in docs/guides/sdk.md. */
const GZIP_BYTES_MAX = 14_000

describe('the SDK', () => {
  test('has every operation of the API under its name', async () => {
    const api = JSON.parse(await readFile(new URL('openapi.json', ROOT), 'utf8')) as {
      paths: Record<string, Record<string, { operationId: string }>>
    }
    const ids = Object.values(api.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    const methods = Object.keys(createClient({ server: '' }))
    // A stream is watched, plans and lists are files as well, and events are followed.
    const own = ['watchShow', 'exportPlan', 'exportList', 'events']
    const expected = [...ids.filter((id) => id !== 'streamShow'), ...own]
    assert.deepEqual(methods.toSorted(), expected.toSorted())
  })

  test('says what is missing when it is given no server', () => {
    for (const settings of [undefined, {}, { url: 'http://127.0.0.1:3000' }]) {
      assert.throws(() => createClient(settings as never), /createClient needs \{ server \}/)
    }
  })

  test('depends on nothing at run time, and on nothing of Node', () => {
    for (const [index, text] of code.entries()) {
      const imports = [...text.matchAll(/^\s*(?:import|export)\b[^'"]*from\s+['"]([^'"]+)/gm)]
      for (const [, from] of imports) assert.match(String(from), /^\.\/[\w-]+\.ts$/, names[index])
      assert.doesNotMatch(text, /\b(?:process|Buffer|require|setImmediate|__dirname)\b/)
    }
  })

  test('is small', (context) => {
    const { length } = gzipSync(code.join('\n'))
    context.diagnostic(`${length} bytes, not minified, with comments`)
    assert.ok(length < GZIP_BYTES_MAX, `${length} bytes`)
  })

  test('spells statuses as the protocol does', () => {
    assert.deepEqual([...STATUSES], [...SEAT_STATUSES])
    assert.equal(LETTERS, SEAT_STATUSES.map((status) => STATUS_LETTERS[status]).join(''))
  })
})
