import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseRaw, sendRaw } from '../server/raw-request.ts'
import { useCast } from './use-cast.ts'

const { server } = await useCast('findings')

/** What attacks have found, one test each, so that it stays found. */
describe('findings', () => {
  test('an expectation that nobody knows is ignored, not answered without a body', async () => {
    for (const expectation of ['something', '200-ok', 'x, y']) {
      const head = `GET /v1/shows HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: ${expectation}`
      const { status, head: said, body } = parseRaw(await sendRaw(server.url, `${head}\r\n\r\n`))
      assert.equal(status, 200, said)
      assert.ok(Array.isArray(body.items))
      assert.match(said, /x-content-type-options: nosniff/)
    }
  })
})
