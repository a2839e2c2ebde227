/** Test of what the checklist asks through the proxy that it recommends. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { commandsOf } from '../docs/blocks.ts'
import { cleanEnvironment, environmentOf, startServer } from '../support/command-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { atEnd, useDirectory } from '../support/embedded.ts'
import { openProxy } from '../support/recommended-proxy.ts'

const run = promisify(execFile)
const ROWLOCK_OPERATOR_KEY = 'operator-key-of-the-checklist'
const database = await useTestDatabase('checklist')

test('headers, what is hidden, wrong credentials and the audit log', async (t) => {
  const settings = { ROWLOCK_OPERATOR_KEY, ROWLOCK_TRUST_PROXY: 'loopback' }
  const server = await startServer(t, { ...environmentOf(database), ...settings })
  const proxy = await openProxy(server.url)
  atEnd(t, () => proxy.close())
  // Where the proxy speaks TLS, nobody has signed its certificate.
  const home = await useDirectory(t)
  await writeFile(join(home, '.curlrc'), 'insecure\n')
  const asked = (await commandsOf('docs/operating/production.md')).filter((text) => {
    return text.startsWith('curl ')
  })
  assert.equal(asked.length, 3)
  const curl = async (command = '') => {
    const text = command.replaceAll('https://tickets.example', proxy.url)
    const env = cleanEnvironment({ CURL_HOME: home, ROWLOCK_OPERATOR_KEY })
    return (await run('bash', ['-euo', 'pipefail', '-c', text], { env })).stdout
  }
  const [headers, wrong, audit] = asked
  assert.match(await curl(headers), /^strict-transport-security: max-age=\d+.*\r\n/im)
  assert.match(await curl(headers), /nosniff\r\n(?:.*\r\n)?404\n$/i)
  assert.deepEqual(JSON.parse(await curl(audit)).items, [])
  for (let n = 1; n <= 30; n++) assert.equal(await curl(wrong), '401\n', `${n} times wrong`)
  assert.equal(await curl(wrong), '429\n')
  assert.equal((JSON.parse(await curl(audit)).items as unknown[]).length, 0)
})
