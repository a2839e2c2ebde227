import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createClient } from '../../src/client/index.ts'
import { until } from '../support/until.ts'
import { findOffences } from './support/find-offences.ts'
import { useDashboard } from './support/use-dashboard.ts'

const { house, createShow, open } = await useDashboard('dashboard access')
const { operator } = house

describe('an operator', () => {
  test('adds somebody, hands over a link, gives another role, disables', async () => {
    const window = await open()
    const { page } = window
    await window.visit('#/access')
    await window.do('Add a person')
    assert.deepEqual(await findOffences(page), [])
    await window.field('Name').fill('Grace Hopper')
    await window.field('E-mail').fill('grace@example.org')
    await window.do('Add and make a link')
    const link = await window.field('Link').inputValue()
    assert.ok(link.startsWith(`${house.url}/#link=`))
    assert.deepEqual(await findOffences(page), [])
    await window.do('Done')

    const grace = await open({ entry: link.slice(link.indexOf('#')) })
    await grace.page.getByRole('banner').getByRole('button', { name: 'Grace Hopper' }).waitFor()
    assert.equal(await grace.page.getByRole('link', { name: 'Access' }).count(), 0)
    await grace.close()

    await window.do('Change Grace Hopper')
    await page.getByLabel('Operator', { exact: true }).check()
    await page.getByText('This ends all sessions of Grace Hopper at once.').waitFor()
    await window.do('Save')
    await window.told('Grace Hopper is changed.')
    const [found] = (await operator.listUsers({ email: 'grace@example.org' })).items
    assert.equal(found?.role, 'operator')
    await window.do('Change Grace Hopper')
    await page.getByLabel('Disabled: cannot sign in').check()
    await window.do('Save')
    await page.getByRole('alert').getByText('Make someone else an operator first.').waitFor()
    const other = { name: 'Ada', email: 'ada@example.org', role: 'operator' } as const
    await operator.createUser({ ...other, password: 'difference engine no. 2' })
    await window.do('Save')
    await page.locator('.row-marks').getByText('Disabled').waitFor()
    await window.close()
  })

  test('finds somebody by e-mail, and reads who has one already', async () => {
    for (const name of ['Ann', 'Bob']) {
      await operator.createUser({ name, email: `${name}@example.com`, role: 'user' })
    }
    const window = await open()
    const { page } = window
    await window.visit('#/access')
    await page.getByPlaceholder('Full e-mail address').fill('BOB@example.com')
    await page.getByText('Bob@example.com').waitFor()
    await page.getByText('Ann@example.com').waitFor({ state: 'detached' })
    await page.getByPlaceholder('Full e-mail address').fill('nobody@example.com')
    await page.getByText('Nobody has the e-mail “nobody@example.com”').waitFor()
    await window.do('Add a person')
    await window.field('Name').fill('Another Bob')
    await window.field('E-mail').fill('bob@example.com')
    await window.do('Add and make a link')
    await page
      .getByRole('alert')
      .getByText('Another user already has this e-mail address.')
      .waitFor()
    await window.close()
  })

  test('makes a key whose secret is shown once, rotates it, revokes it', async () => {
    const show = await createShow()
    const window = await open()
    const { page } = window
    await window.visit('#/access/keys')
    await page.getByText('No API keys yet').waitFor()
    await window.do('New key')
    await window.field('Name').fill('Web shop')
    await page.getByLabel('journal', { exact: true }).check()
    await page.getByText(show).click()
    assert.deepEqual(await findOffences(page), [])
    await window.do('Create the key')
    const secret = await window.field('Secret').inputValue()
    const me = await createClient({ server: house.url, key: secret }).getMe()
    assert.deepEqual(me.key?.scopes, ['sell', 'journal'])
    assert.deepEqual(me.key?.shows, [show])
    // Neither Escape nor a click beside it loses the secret.
    await page.keyboard.press('Escape')
    await page.mouse.click(5, 5)
    await window.do('I have stored it')
    assert.ok(!(await page.content()).includes(secret))

    await window.do('Rotate Web shop')
    await window.field('The old secret ends').selectOption('3600')
    await window.do('Make a new secret')
    const next = await window.field('Secret').inputValue()
    assert.notEqual(next, secret)
    await window.do('I have stored it')
    await page.getByText('1 older secret ends').waitFor()
    await createClient({ server: house.url, key: secret }).getMe()

    await page.getByRole('link', { name: 'Web shop' }).click()
    await page.getByRole('heading', { name: 'Web shop' }).waitFor()
    await page.getByText('read the history of shows').waitFor()
    assert.equal(await page.getByRole('link', { name: show }).count(), 1)
    assert.equal(await page.getByRole('main').getByRole('listitem').count(), 2)
    assert.deepEqual(await findOffences(page), [])
    await window.do('Rename…')
    await window.field('Name').fill('Web shop, live')
    await window.do('Rename')
    await page.getByRole('heading', { name: 'Web shop, live' }).waitFor()
    await window.do('Rename…')
    await window.field('Name').fill('Web shop')
    await window.do('Rename')
    await page.getByRole('link', { name: 'All API keys' }).click()

    await window.do('Revoke Web shop')
    assert.deepEqual(await findOffences(page), [])
    await window.do('Revoke')
    await window.told('Web shop is revoked.')
    const refused = createClient({ server: house.url, key: next }).getMe()
    await assert.rejects(refused, { code: 'unauthenticated' })
    assert.equal(await page.getByRole('button', { name: 'Rotate Web shop' }).count(), 0)
    await window.close()
  })

  test('is told once that the connection is lost, and shown the list when it is back', async () => {
    const window = await open()
    const { page } = window
    let failures = 0
    page.on('requestfailed', (request) => {
      if (request.url().includes('/v1/api-keys')) failures += 1
    })
    await page.context().setOffline(true)
    await page.evaluate(() => location.assign('#/access/keys'))
    await page.getByText('Connection lost.').waitFor()
    // The client asks three times before the list hears of it.
    await until('three tries', async () => (failures >= 3 ? true : null))
    await page.evaluate(() => new Promise(requestAnimationFrame))
    assert.equal(await page.getByRole('alert').count(), 0)
    assert.equal(await page.getByText('done twice').count(), 0)
    await page.context().setOffline(false)
    await page.getByRole('main').getByText('Web shop').waitFor()
    assert.equal(await page.getByRole('alert').count(), 0)
    await window.close()
  })

  test('reads what was done in the audit log, newest first, filtered, page by page', async () => {
    const count = 60
    for (let n = 1; n <= count; n++) {
      const name = `Till ${n}`
      await operator.createUser({ name, email: `till-${n}@example.org`, role: 'user' })
    }
    await operator.createApiKey({ name: 'Last of all', scopes: ['sell'] })
    const window = await open()
    const { page } = window
    await window.visit('#/access/audit')
    const acts = page.getByRole('main').getByRole('listitem')
    await acts.first().getByText('Created an API key').waitFor()
    assert.deepEqual(await findOffences(page), [])
    await window.field('What').selectOption('createUser')
    await acts.first().getByText('Added a person').waitFor()
    assert.equal(await acts.count(), 50)
    await window.do('Load more')
    await acts.nth(count - 1).waitFor()
    await window.close()
  })
})

describe('who confirms', () => {
  test('is said when a show is created, and changed under Terms', async () => {
    const window = await open()
    const { page } = window
    await window.visit('#/new')
    await window.field('Name of the venue').fill('Royal Theatre')
    await window.do('A grid')
    await page.locator('.house.preview').waitFor()
    await window.field('Title').fill('Macbeth')
    await window.field('Starts').fill('2030-06-24T19:30')
    assert.ok(await window.field('The box office and partners').isChecked())
    await window.do('Create and put on sale')
    await window.told('Macbeth is on sale.')
    const key = 'macbeth-2030-06-24'
    assert.equal((await operator.getShow(key)).confirmBy, 'seller')
    await window.visit(`#/shows/${key}/terms`)
    await window.field('Whoever holds the seats').check()
    await window.do('Save changes')
    await window.told('Terms changed.')
    assert.equal((await operator.getShow(key)).confirmBy, 'holder')
    await window.visit(`#/shows/${key}/activity`)
    await page
      .getByRole('main')
      .locator('.entries')
      .getByText('who confirms to the holder')
      .waitFor()
    await window.close()
  })
})
