/**
 * Takes the guide for the first fifteen minutes step by step, as its reader does: in an empty
 * directory, from the packages as they would be published, with every block pasted as it stands.
 * Only names of packages become files, and ports free ones.
 */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freePort } from '../../rig/index.ts'
import { outside, packPackages } from '../as-users/support/package-project.ts'
import { blocksOf } from '../docs/blocks.ts'
import { openBrowser } from '../support/browser.ts'
import { until } from '../support/until.ts'
import { MapPage } from './support/map-page.ts'

const GUIDE = 'docs/guides/first-integration.md'
const blocks = await blocksOf(GUIDE)
const packed = await packPackages('all')
const base = await mkdtemp(join(tmpdir(), 'rowlock-guide-'))
after(() => rm(base, { recursive: true, force: true, maxRetries: 50 }))
const browser = await openBrowser()
after(() => browser.close())

test('goes from npm install to a paid booking and a verified webhook', async (t) => {
  const [server, shop] = await Promise.all([freePort(), freePort()])
  const shopUrl = `http://localhost:${shop}`
  const serverUrl = `http://127.0.0.1:${server}`
  const mine = (text: string) =>
    text
      .replaceAll('http://127.0.0.1:3000', serverUrl)
      .replaceAll('http://localhost:4000', shopUrl)
      .replaceAll('listen(4000)', `listen(${shop})`)
  const [install, start, exported, create, run, move] = blocks
    .filter(({ language }) => language === 'sh')
    .map(({ text }) => mine(text).trim())
  const startedAt = performance.now()
  const took = (step: string) =>
    t.diagnostic(`${step}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)

  // Step 1: what is asked of the registry comes from here, where it is not published yet.
  const files = packed.map(({ path, name }) => [name, path] as const)
  const fromFiles = files.reduce(
    (text, [name, path]) => text.replace(` ${name} `, ` '${path}' `),
    install ?? '',
  )
  assert.match(fromFiles, /\.tgz'.*\.tgz' standardwebhooks$/)
  await shell(base, fromFiles)
  const directory = join(base, 'shop')
  took('installed')

  // Step 2.
  const dev = open(directory, start ?? '', { PORT: String(server) })
  t.after(() => end(dev.program))
  const found = await until('the server to be ready', async () => {
    const [key] = /\brlp_\S+/.exec(dev.said()) ?? []
    const [secret] = /\bwhsec_\S+/.exec(dev.said()) ?? []
    return dev.said().includes('Ctrl-C stops it') && key && secret ? { key, secret } : null
  })
  const exports = (exported ?? '').replace('rlp_…', found.key).replace('whsec_…', found.secret)
  took('a server runs')

  // Step 3.
  assert.match(await shell(directory, `${exports}\n${create}`), /"key":"hamlet"/)

  // Step 4.
  const code = blocks.find(({ language }) => language === 'js')?.text ?? ''
  await writeFile(join(directory, 'shop.mjs'), mine(code))
  const program = open(directory, `${exports}\nexec ${run}`)
  t.after(() => end(program.program))
  const isOpen = () =>
    fetch(shopUrl).then(
      () => true,
      () => null,
    )
  await until('the shop to listen', isOpen)

  // Step 5.
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  const map = new MapPage(page, shopUrl)
  await page.goto(shopUrl)
  await map.isReady()
  await map.press('C5')
  await map.button('Hold 1 seat').click()
  await map.hears('hold')
  await page.getByRole('button', { name: 'Pay' }).click()
  await page.getByText('Paid: C5').waitFor()
  await map.hears('confirm')
  const promised =
    blocks
      .find(({ language }) => language === 'text')
      ?.text.trim()
      .split('\n') ?? []
  assert.equal(promised.length, 3)
  await until('what the guide says that the terminal says', async () =>
    promised.every((line) => program.said().includes(line)) ? true : null,
  )
  took('paid, and told')
  const forged = await fetch(`${shopUrl}/hook`, { method: 'POST', body: '{"type":"paid"}' })
  assert.equal(forged.status, 400)

  const moveClock = () => shell(directory, `${exports}\n${move}`)
  await map.press('A1')
  await map.button('Hold 1 seat').click()
  await untilNobodyPays(page, shopUrl, moveClock, program.said)
  await page.close()
})

/** Step 6: time passes, the seat is free again, and what comes late buys nothing. */
async function untilNobodyPays(
  page: Page,
  shop: string,
  moveClock: () => Promise<string>,
  said: () => string,
): Promise<void> {
  const pay = page.getByRole('button', { name: 'Pay' })
  await pay.waitFor()
  const id = await page.evaluate("document.querySelector('#map').currentHold.id")
  assert.match(await moveClock(), /"movedSeconds":900/)
  await until('hold.expired', async () => (/Verified: hold.expired A1/.test(said()) ? true : null))
  await page.getByText('Time ran out').first().waitFor()
  assert.equal(await pay.isVisible(), false)
  const late = await fetch(`${shop}/pay`, { method: 'POST', body: JSON.stringify({ hold: id }) })
  assert.doesNotMatch(await late.text(), /Paid/)
}

/** Runs commands to their end, as a shell that has nothing of the working copy. */
async function shell(cwd: string, command: string): Promise<string> {
  const child = open(cwd, command)
  const [code] = await once(child.program, 'close')
  assert.equal(code, 0, `${command}\n${child.said()}`)
  return child.said()
}

/** Begins with a command, and collects what it says. */
function open(cwd: string, command: string, environment: Record<string, string> = {}) {
  const program = spawn('bash', ['-ec', command], {
    cwd,
    env: outside(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let text = ''
  for (const stream of [program.stdout, program.stderr]) {
    stream.on('data', (part) => {
      text += part
    })
  }
  return { program, said: () => text }
}

/** Ends a command and what it has started, as Ctrl-C in its terminal does. */
async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.pid === undefined) return
  const ended = once(program, 'close')
  process.kill(-program.pid, 'SIGINT')
  await ended
}
