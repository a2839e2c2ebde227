import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Client, createClient } from '../../src/client/index.ts'
import type { UserRole } from '../../src/protocol/index.ts'
import { findOffences } from './support/find-offences.ts'
import { useDashboard } from './support/use-dashboard.ts'

const { house, createShow, open } = await useDashboard('dashboard sessions')
const { operator } = house
const PASSWORD = 'difference engine no. 2'
let peopleCount = 0

/** A person with a password, and their e-mail. */
async function createPerson(role: UserRole, name = 'Ada'): Promise<string> {
  peopleCount += 1
  const email = `person-${peopleCount}@example.org`
  await operator.createUser({ name, email, password: PASSWORD, role })
  return email
}

async function clientOf(email: string): Promise<Client> {
  const { accessToken } = await house.shopper.createSession({ email, password: PASSWORD })
  return createClient({ server: house.url, token: accessToken ?? '' })
}

describe('whoever has a sign-in link', () => {
  test('is signed in by it once, and sets an e-mail and a password', async () => {
    const { id } = await operator.createUser({
      name: 'Grace',
      email: 'grace@example.org',
      role: 'operator',
    })
    const { token } = await operator.createSignInLink(id)
    const window = await open({ entry: `#link=${token}` })
    const { page } = window
    await page.getByRole('banner').getByRole('button', { name: 'Grace' }).waitFor()
    assert.doesNotMatch(page.url(), /link/)
    const cookies = (await page.context().cookies()).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    assert.deepEqual(
      cookies.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite]),
      [
        ['rowlock_access', true, 'Strict'],
        ['rowlock_device', true, 'Strict'],
        ['rowlock_refresh', true, 'Strict'],
      ],
    )
    await page.getByRole('link', { name: 'Set e-mail and password' }).click()
    assert.deepEqual(await findOffences(page), [])
    await window.field('Choose a password').fill('password12')
    await window.do('Set e-mail and password')
    await page.getByRole('alert').getByText('too easy to guess').waitFor()
    await window.field('Choose a password').fill(PASSWORD)
    await window.do('Set e-mail and password')
    await window.told('you can sign in with your e-mail')
    await page.getByRole('heading', { name: 'Password' }).waitFor()
    assert.deepEqual(await findOffences(page), [])
    await window.do('Sign out')
    await page.getByText('Sign in to see your account.').waitFor()
    await window.signIn('GRACE@example.org', PASSWORD)
    await window.told('Signed in as Grace.')
    await window.close()

    const late = await open({ entry: `#link=${token}` })
    await late.page.getByText('This sign-in link no longer works.').waitFor()
    assert.deepEqual(await findOffences(late.page), [])
    await late.close()
  })
})

describe('an address with a credential of somebody else', () => {
  const linkOf = async (name: string) => {
    const user = await operator.createUser({
      name,
      email: `${name}@example.org`.toLowerCase(),
      role: 'operator',
    })
    return (await operator.createSignInLink(user.id)).token
  }

  for (const how of ['opened', 'followed'] as const) {
    test(`replaces nobody without asking, ${how} in a page that is signed in`, async () => {
      const window = await open({ isStranger: true })
      const { page } = window
      await window.signIn(await createPerson('box_office'), PASSWORD)
      await window.told('Signed in as Ada.')
      const token = await linkOf(`Mallory-${how}`)
      if (how === 'opened') await page.goto('about:blank')
      await window.visit(`#link=${token}`)
      const dialog = page.getByRole('dialog')
      await dialog.getByText('you are signed in as Ada').waitFor()
      assert.deepEqual(await findOffences(page), [])
      assert.doesNotMatch(page.url(), /link/)
      await dialog.getByRole('button', { name: 'Stay signed in' }).click()
      await page.getByRole('banner').getByRole('button', { name: 'Ada' }).waitFor()
      await page.reload()
      await page.getByRole('banner').getByRole('button', { name: 'Ada' }).waitFor()
      await window.close()
    })
  }

  test('ends the session that it replaces, where that is wanted', async () => {
    const window = await open({ isStranger: true })
    const { page } = window
    await window.signIn(await createPerson('operator'), PASSWORD)
    await window.told('Signed in as Ada.')
    const jar = await page.context().cookies()
    await window.visit(`#link=${await linkOf('Grace-too')}`)
    await window.do('Sign out and switch')
    await page.getByRole('banner').getByRole('button', { name: 'Grace-too' }).waitFor()
    const cookie = jar.map(({ name, value }) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${house.url}/v1/me`, { headers: { cookie } })
    assert.equal(answer.status, 401)
    await window.close()
  })

  test('a key takes nobody’s place either', async () => {
    const window = await open({ isStranger: true })
    await window.signIn(await createPerson('box_office'), PASSWORD)
    await window.told('Signed in as Ada.')
    await window.visit('#key=operator-key-of-the-tests')
    await window.page.getByText('you are signed in as Ada').waitFor()
    await window.do('Stay signed in')
    await window.page.getByRole('banner').getByRole('button', { name: 'Ada' }).waitFor()
    await window.close()
  })
})

describe('whoever has a password', () => {
  test('stays signed in over a reload, and signs out everywhere', async () => {
    const email = await createPerson('operator')
    const window = await open({ isStranger: true })
    await window.page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click()
    await window.page.waitForFunction(() => document.activeElement?.matches('[name="email"]'))
    await window.signIn(email, PASSWORD)
    await window.told('Signed in as Ada.')
    await window.page.reload()
    await window.page.getByRole('banner').getByRole('button', { name: 'Ada' }).click()
    await window.page.getByRole('dialog').getByRole('link', { name: 'Account' }).click()
    const elsewhere = await clientOf(email)
    await elsewhere.getMe()
    await window.do('Sign out everywhere')
    await window.told('Signed out on every device.')
    await assert.rejects(elsewhere.getMe(), { code: 'unauthenticated' })
    await window.page.reload()
    await window.page.getByRole('banner').getByRole('button', { name: 'Sign in' }).waitFor()
    await window.close()
  })

  test('is told that something is wrong, not what, and after many attempts to wait', async () => {
    const email = await createPerson('box_office')
    const window = await open({ isStranger: true })
    await window.signIn(email, 'not the password')
    await window.page.getByText('The e-mail or the password is wrong.').waitFor()
    assert.deepEqual(await findOffences(window.page), [])
    await window.signIn('nobody@example.org', PASSWORD)
    await window.page.getByText('The e-mail or the password is wrong.').waitFor()
    for (let n = 1; n <= 9; n++) {
      const attempt = house.shopper.createSession({ email, password: `wrong ${n}` })
      await assert.rejects(attempt, { code: 'credentials_wrong' })
    }
    await window.signIn(email, PASSWORD)
    await window.page.getByText(/Too many attempts\. Try again in \d+:\d\d\./).waitFor()
    const button = window.page.getByRole('dialog').getByRole('button', { name: 'Sign in' })
    assert.ok(await button.isDisabled())
    await window.close()
  })

  test('sees where they are signed in, and signs out there alone', async () => {
    const email = await createPerson('box_office')
    const elsewhere = await clientOf(email)
    const window = await open({ isStranger: true })
    await window.signIn(email, PASSWORD)
    await window.told('Signed in')
    await window.visit('#/account')
    await window.page.getByText('Chrome on Linux').waitFor()
    await window.page.getByText('This one', { exact: true }).waitFor()
    assert.deepEqual(await findOffences(window.page), [])
    await window.page.getByRole('button', { name: /^Sign out node/ }).click()
    await window.told('Signed out: node.')
    await assert.rejects(elsewhere.getMe(), { code: 'unauthenticated' })
    await window.page.reload()
    await window.page.getByRole('banner').getByRole('button', { name: 'Ada' }).waitFor()
    await window.close()
  })

  test('changes it, and every other session ends', async () => {
    const email = await createPerson('box_office')
    const window = await open({ isStranger: true })
    await window.signIn(email, PASSWORD)
    await window.told('Signed in')
    const elsewhere = await clientOf(email)
    await window.visit('#/account')
    await window.field('Current password').fill('not it')
    await window.field('New password').fill('analytical engine')
    await window.do('Change password')
    await window.page.getByText('This is not your password.').waitFor()
    await window.field('Current password').fill(PASSWORD)
    await window.do('Change password')
    await window.told('The password is changed. 1 other session ended.')
    await assert.rejects(elsewhere.getMe(), { code: 'unauthenticated' })
    await window.field('Name').fill('Ada Lovelace')
    await window.do('Save')
    await window.page.getByRole('banner').getByRole('button', { name: 'Ada Lovelace' }).waitFor()
    await window.close()
  })
})

describe('a session', () => {
  test('that ends in the middle of work asks again, and keeps the work', async () => {
    const email = await createPerson('box_office', 'Till')
    const show = await createShow()
    const window = await open({ isStranger: true })
    await window.signIn(email, PASSWORD)
    await window.told('Signed in')
    await window.visitShow(show)
    await window.pick('A1', 'A2')
    await window.field('For').fill('Mrs Jones')
    await (await clientOf(email)).endAllSessions()
    await window.do('Book')
    await window.page.getByRole('dialog', { name: 'Sign in again' }).waitFor()
    await window.page.getByText('Your session has ended.').waitFor()
    await window.field('Password').fill(PASSWORD)
    await window.page.keyboard.press('Enter')
    await window.told('Signed in as Till.')
    assert.equal(await window.field('For').inputValue(), 'Mrs Jones')
    await window.do('Try again')
    await window.told('Booked A1, A2.')
    await window.hasDeal('Booked', 'Mrs Jones')
    await window.visit(`#/shows/${show}/activity`)
    await window.page.locator('.entries .line-who').getByText('Till', { exact: true }).waitFor()
    await window.close()
  })

  test('whose token ended while the page was idle holds as who it is, not as nobody', async () => {
    const email = await createPerson('box_office', 'Idle')
    const show = await createShow()
    const ended = await house.shopper.createSession({ email, password: PASSWORD })
    await (await clientOf(email)).endMySession(ended.id)
    const window = await open({ isStranger: true })
    await window.signIn(email, PASSWORD)
    await window.told('Signed in')
    await window.visitShow(show)
    const context = window.page.context()
    const month = Date.now() / 1000 + 30 * 86_400
    for (const { name, expires } of await context.cookies()) assert.ok(expires > month, name)
    await context.addCookies([
      { name: 'rowlock_access', value: ended.accessToken ?? '', url: house.url, httpOnly: true },
    ])
    await window.do('Hold best')
    await window.told(/^Held /)
    const { items } = await operator.listJournal(show)
    const holds = items.filter(({ kind }) => kind === 'hold').map(({ actor }) => actor)
    assert.deepEqual(holds, [(await (await clientOf(email)).getMe()).user?.id])
    await window.close()
  })

  test('that is only old is renewed without a word', async () => {
    const email = await createPerson('box_office')
    const show = await createShow()
    const window = await open({ isStranger: true })
    await window.signIn(email, PASSWORD)
    await window.told('Signed in')
    await window.visitShow(show)
    await window.page.context().clearCookies({ name: 'rowlock_access' })
    await window.pick('A1')
    await window.do('Book')
    await window.told('Booked A1.')
    await window.close()
  })

  test('writes with the header that other sites cannot send, and without a key', async () => {
    const email = await createPerson('box_office')
    const show = await createShow()
    const window = await open({ isStranger: true })
    const writes: Record<string, string>[] = []
    window.page.on('request', (request) => {
      if (request.method() === 'POST') writes.push(request.headers())
    })
    await window.signIn(email, PASSWORD)
    await window.told('Signed in')
    await window.visitShow(show)
    await window.pick('A1')
    await window.do('Book')
    await window.told('Booked A1.')
    assert.equal(writes.length, 2)
    for (const headers of writes) {
      assert.equal(headers['rowlock-csrf'], '1')
      assert.equal(headers.authorization, undefined)
    }
    const kept = await window.page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))
    assert.doesNotMatch(kept, /eyJ|rlk_|rlp_/)
    await window.close()
  })
})

describe('what is offered goes by the role', () => {
  const linksOf = (role: UserRole) =>
    test(`of ${role}`, async () => {
      const email = await createPerson(role)
      const window = await open({ isStranger: true })
      await window.signIn(email, PASSWORD)
      await window.told('Signed in')
      const nav = window.page.getByRole('navigation', { name: 'Pages' })
      const names = await nav.getByRole('link').allInnerTexts()
      const isOperator = role === 'operator'
      assert.equal(names.includes('Access'), isOperator)
      assert.equal(names.includes('New show'), isOperator)
      await window.visit('#/access')
      const page = window.page.getByRole('main')
      if (isOperator) await page.getByText('person-', { exact: false }).first().waitFor()
      if (role === 'box_office') await page.getByText('This page is for operators.').waitFor()
      if (role === 'user') await page.getByText('This desk is for the box office.').waitFor()
      await window.close()
    })
  for (const role of ['user', 'box_office', 'operator'] as const) linksOf(role)

  test('of a partner: sells, but may not block or change the terms', async () => {
    const { secret } = await operator.createApiKey({ name: 'Shop', scopes: ['sell'] })
    const show = await createShow()
    const window = await open({ entry: `#key=${secret}` })
    await window.page.getByRole('banner').getByRole('button', { name: 'Shop' }).waitFor()
    await window.visitShow(show)
    await window.pick('A1')
    assert.equal(await window.page.getByRole('button', { name: 'Block…' }).count(), 0)
    await window.do('Book')
    await window.told('Booked A1.')
    await window.visit(`#/shows/${show}/terms`)
    await window.page.getByText('This key does not have the scope for this.').waitFor()
    await window.close()
  })
})
