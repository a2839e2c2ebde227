/**
 * The proxy of `deploy/compose/two-servers.yaml`, with its very configuration, before two servers
 * on one database. Skipped where there is no nginx (on the PATH, or named by ROWLOCK_TEST_NGINX).
 */

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { freePort } from '../../rig/index.ts'
import { createClient } from '../../src/client/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, useListening } from '../support/servers.ts'
import { until } from '../support/until.ts'

const NGINX = process.env.ROWLOCK_TEST_NGINX ?? 'nginx'
const CONFIGURATION = new URL('../../deploy/compose/nginx.conf', import.meta.url)
const skip = spawnSync(NGINX, ['-v']).error ? 'nginx is not installed' : false

/** The proxy, with the servers' real addresses in place of the names of the network. */
async function startProxy(urls: readonly string[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-two-'))
  await chmod(directory, 0o755)
  const port = await freePort()
  let text = (await readFile(CONFIGURATION, 'utf8'))
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replaceAll('/tmp/', `${directory}/`)
  for (const [n, url] of urls.entries()) {
    text = text.replace(`server-${n + 1}:3000`, new URL(url).host)
  }
  const path = join(directory, 'nginx.conf')
  await writeFile(path, text)
  const proxy = spawn(NGINX, ['-c', path, '-e', 'stderr', '-g', 'daemon off;'])
  after(async () => {
    proxy.kill('SIGTERM')
    await once(proxy, 'exit')
    await rm(directory, { recursive: true, force: true, maxRetries: 50 })
  })
  const url = `http://127.0.0.1:${port}`
  await until(
    'the proxy answers',
    async () => (await fetch(`${url}/v1/shows`).catch(() => null))?.ok || null,
  )
  return url
}

test('two servers behind one proxy sell as one, and on when one goes', { skip }, async () => {
  const database = await useTestDatabase('two servers')
  const settings = { trustProxy: ['loopback'] }
  const [first, second] = [
    await useListening(database, settings),
    await useListening(database, settings),
  ]
  const url = await startProxy([first.url, second.url])
  const shop = createClient({ server: url })
  const show = await createShowOn(first, { rows: 'A-J', seatsPerRow: 10 })

  for (const path of ['/health', '/health/ready', '/metrics']) {
    assert.equal((await fetch(`${url}${path}`)).status, 404, path)
  }
  const sell = async (seat: string) => {
    const hold = await shop.holdSeats(show, { seats: [seat] })
    return await shop.confirmHold(show, hold.id)
  }
  const seats = Array.from({ length: 40 }, (_, n) => `${'ABCD'[Math.floor(n / 10)]}${(n % 10) + 1}`)
  await Promise.all(seats.slice(0, 20).map(sell))
  // Both had a part in it.
  for (const { url: own } of [first, second]) {
    const { commits } = await counted(own)
    assert.ok(commits > 0, `${own} wrote nothing`)
  }

  await first.close()
  const booked = await Promise.all(seats.slice(20).map(sell))
  assert.equal(new Set(booked.map(({ id }) => id)).size, 20)
  const { counts } = await shop.getAvailability(show)
  assert.equal(counts.booked, 40)
})

async function counted(url: string): Promise<{ commits: number }> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return { commits: Number(text.match(/^rowlock_engine_batches_total (\d+)$/m)?.[1] ?? 0) }
}
