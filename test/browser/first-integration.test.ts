/** The guide for the first fifteen minutes, step by step, as its reader takes it. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../rig/index.ts'
import { blocksOf } from '../docs/blocks.ts'
import { openBrowser } from '../support/browser.ts'
import { cleanEnvironment, type RunningServer, startServer } from '../support/command-line.ts'
import { useDirectory } from '../support/embedded.ts'
import { until } from '../support/until.ts'
import { MapPage } from './support/map-page.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const GUIDE = 'docs/guides/first-integration.md'
const blocks = await blocksOf(GUIDE)
const browser = await openBrowser()
after(() => browser.close())

test('ends with a paid booking on the reader’s page, and a verified webhook', async (t) => {
  const shop = `http://localhost:${await freePort()}`
  const environment = { ROWLOCK_DATA_DIR: join(await useDirectory(t), 'db') }
  // Step 2, as the guide has it.
  const [start] = commands('rowlock dev')
  assert.match(start, /^ROWLOCK_CORS_ORIGINS=(\S+) npx rowlock dev --forward-to \1\/hook$/)
  const dev = await startServer(t, { ...environment, ROWLOCK_CORS_ORIGINS: shop }, [
    'dev',
    '--forward-to',
    `${shop}/hook`,
  ])
  const secrets = { TEST_KEY: dev.testKey ?? '', WEBHOOK_SECRET: dev.webhookSecret ?? '' }
  const mine = (text: string) =>
    text
      .replaceAll('http://127.0.0.1:3000', dev.url)
      .replaceAll('listen(4000)', `listen(${new URL(shop).port})`)

  // Step 3.
  const [create, move] = commands('curl')
  assert.match(await shell(mine(create), secrets), /"key":"hamlet"/)

  // Step 4.
  await mkdir(join(ROOT, 'test-output'), { recursive: true })
  const directory = await mkdtemp(join(ROOT, 'test-output', 'shop-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const code = blocks.find(({ language }) => language === 'js')?.text ?? ''
  const sdk = new URL('../../src/client/index.ts', import.meta.url).href
  await writeFile(join(directory, 'shop.mjs'), mine(code).replace('@rowlock/client', sdk))
  const program = spawn(process.execPath, ['shop.mjs'], {
    cwd: directory,
    env: cleanEnvironment(secrets),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => program.kill())
  const said = listenTo(program)
  await until('the shop to listen', () =>
    fetch(shop).then(
      () => true,
      () => null,
    ),
  )

  // Step 5.
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  const map = new MapPage(page, shop)
  await page.goto(shop)
  await map.isReady()
  await map.press('C5')
  await map.button('Hold 1 seat').click()
  await map.hears('hold')
  await page.getByRole('button', { name: 'Pay' }).click()
  await page.getByText('Paid: C5').waitFor()
  await map.hears('confirm')
  await until('both events', async () => {
    return /Verified: hold.created C5/.test(said()) && /Verified: booking.created C5/.test(said())
      ? true
      : null
  })
  const forged = await fetch(`${shop}/hook`, { method: 'POST', body: '{"type":"booking.created"}' })
  assert.equal(forged.status, 400)

  await untilNobodyPays(dev, shop, () => shell(mine(move), secrets), said)
  await page.close()
})

/** Step 6: time passes, the seat is free again, and what comes late buys nothing. */
async function untilNobodyPays(
  dev: RunningServer,
  shop: string,
  moveClock: () => Promise<string>,
  said: () => string,
): Promise<void> {
  const held = await fetch(`${dev.url}/v1/shows/hamlet/holds`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"seats": ["A1"]}',
  })
  const { id } = (await held.json()) as { id: string }
  assert.match(await moveClock(), /"movedSeconds":900/)
  await until('hold.expired', async () => (/Verified: hold.expired A1/.test(said()) ? true : null))
  const late = await fetch(`${shop}/pay`, { method: 'POST', body: JSON.stringify({ hold: id }) })
  assert.doesNotMatch(await late.text(), /Paid/)
}

/** The commands of the guide that have the word, each as one line or more. */
function commands(word: string): [string, string] {
  const found = blocks.filter(({ language, text }) => language === 'sh' && text.includes(word))
  return [found[0]?.text.trim() ?? '', found[1]?.text.trim() ?? '']
}

async function shell(command: string, environment: Record<string, string>): Promise<string> {
  const child = spawn('bash', ['-c', command], {
    env: cleanEnvironment(environment),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let text = ''
  for await (const part of child.stdout) text += part
  return text
}

function listenTo({ stdout }: ChildProcess): () => string {
  let text = ''
  stdout?.on('data', (part) => {
    text += part
  })
  return () => text
}
