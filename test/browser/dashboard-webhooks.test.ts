import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { Receiver } from '../support/receiver.ts'
import type { DashboardPage } from './support/dashboard-page.ts'
import { findOffences } from './support/find-offences.ts'
import { useDashboard } from './support/use-dashboard.ts'

const settings = { allowsLoopbackWebhooks: true, webhooksLookEveryMs: 200 }
const { house, createShow, open } = await useDashboard('dashboard webhooks', settings)
const { operator } = house
const SIZES = {
  'on a desk': { width: 1280, height: 800 },
  'on a phone': { width: 390, height: 844 },
}

/** Makes a webhook for two kinds of events of a show; answers its secret. */
async function make(window: DashboardPage, show: string, url: string): Promise<string> {
  const { page } = window
  await window.do('New webhook')
  await window.field('URL').fill('http://shop.example/hook')
  await window.do('Create the webhook')
  await page.getByRole('alert').getByText('not sent to this address').waitFor()
  await window.field('URL').fill(url)
  await window.field('Description').fill('Web shop')
  await page.getByText('hold.created', { exact: true }).click()
  await page.getByText('booking.created', { exact: true }).click()
  await page.getByText(show, { exact: true }).click()
  assert.deepEqual(await findOffences(page), [])
  await window.do('Create the webhook')
  const secret = await window.field('Secret').inputValue()
  await page.getByRole('button', { name: 'Copy' }).waitFor()
  // Neither Escape nor a click beside it loses the secret.
  await page.keyboard.press('Escape')
  await page.mouse.click(5, 5)
  await window.do('I have stored it')
  assert.ok(!(await page.content()).includes(secret))
  const [made] = (await operator.listWebhooks()).items
  assert.deepEqual(made?.events, ['hold.created', 'booking.created'])
  assert.deepEqual(made?.shows, [show])
  return secret
}

/** Other events, all shows, another URL: and back, because the rest of the test wants it so. */
async function edit(window: DashboardPage, show: string, receiver: Receiver) {
  const { page } = window
  await window.do('Edit: Web shop')
  assert.equal(await window.field('URL').inputValue(), receiver.url)
  await window.field('URL').fill(`${receiver.url}?new`)
  await page.getByText('booking.created', { exact: true }).click()
  await page.getByRole('dialog').getByText(show, { exact: true }).click()
  assert.deepEqual(await findOffences(page), [])
  await window.do('Save')
  await window.told('Saved')
  const [changed] = (await operator.listWebhooks()).items
  assert.deepEqual(
    [changed?.url, changed?.events, changed?.shows],
    [`${receiver.url}?new`, ['hold.created'], null],
  )
  const before = { url: receiver.url, events: ['hold.created', 'booking.created'], shows: [show] }
  await operator.changeWebhook(changed?.id ?? '', before as never)
  await page.reload()
}

/** Delivers once more what happened already. */
async function replay(window: DashboardPage, show: string, receiver: Receiver) {
  const { page } = window
  await operator.holdSeats(show, { seats: ['A1'] })
  await receiver.untilCount(2)
  await window.do('Replay: Web shop')
  assert.equal(await window.field('Show').inputValue(), show)
  assert.deepEqual(await findOffences(page), [])
  await window.do('Deliver again')
  await window.told('will be delivered again')
  await receiver.untilCount(3)
  assert.deepEqual(receiver.types, ['webhook.test', 'hold.created', 'hold.created'])
}

/** The receiver fails, and the page says so. */
async function fail(window: DashboardPage, show: string, receiver: Receiver) {
  const { page } = window
  receiver.answer = (response) => response.writeHead(500).end('the shop is closed')
  await operator.bookSeats(show, { seats: ['A2'] })
  await receiver.untilCount(4)
  await window.do('Deliveries: Web shop')
  await window.field('Which').selectOption('waiting')
  await page.getByText('the shop is closed').first().waitFor()
  await page.locator('.deliveries').getByText('booking.created').waitFor()
  assert.deepEqual(await findOffences(page), [])
  await window.field('Which').selectOption('failed')
  await page.getByText('There are none.').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await page.reload()
  await page.getByText('1 event waits to be sent again').waitFor()
  await page.getByText('Failing', { exact: true }).waitFor()
}

/** Another secret, a rest, and the end of it. */
async function retire(window: DashboardPage, secret: string) {
  const { page } = window
  await window.do('Rotate: Web shop')
  await window.do('Make a new secret')
  assert.notEqual(await window.field('Secret').inputValue(), secret)
  await window.do('I have stored it')

  await window.do('Disable: Web shop')
  await page.getByText('Disabled', { exact: true }).waitFor()
  assert.equal((await operator.listWebhooks()).items[0]?.status, 'disabled')
  await window.do('Enable: Web shop')
  await window.told('deliveries resume where they stopped')

  await window.do('Delete: Web shop')
  assert.deepEqual(await findOffences(page), [])
  await window.do('Keep it')
  await window.do('Delete: Web shop')
  await window.do('Delete')
  await window.told('Web shop is deleted.')
  await page.getByText('No webhooks yet').waitFor()
  assert.deepEqual((await operator.listWebhooks()).items, [])
}

for (const [where, viewport] of Object.entries(SIZES)) {
  test(`an operator ${where} makes a webhook, tests it, repairs it, takes it away`, async () => {
    const receiver = await Receiver.use()
    const show = await createShow()
    const window = await open({ viewport })
    const { page } = window
    await window.visit('#/access/webhooks')
    await page.getByText('No webhooks yet').waitFor()
    assert.deepEqual(await findOffences(page), [])
    const secret = await make(window, show, receiver.url)
    await window.do('Test: Web shop')
    await page.getByText(/HTTP 204 in \d+ ms/).waitFor()
    const [sent] = receiver.arrivals
    new Webhook(secret).verify(sent?.body ?? '', sent?.headers as Record<string, string>)
    assert.deepEqual(await findOffences(page), [])
    await window.do('Done')

    await edit(window, show, receiver)
    await replay(window, show, receiver)
    await fail(window, show, receiver)
    await retire(window, secret)
    await window.close()
  })
}
