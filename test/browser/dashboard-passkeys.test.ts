import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { findOffences } from './support/find-offences.ts'
import { useDashboard } from './support/use-dashboard.ts'

const { house, open } = await useDashboard('dashboard passkeys')
const { operator } = house
/** By its name: browsers bind no passkeys to addresses. */
const url = house.url.replace('127.0.0.1', 'localhost')
const PASSWORD = 'difference engine no. 2'
const SIZES = {
  'on a desk': { width: 1280, height: 800 },
  'on a phone': { width: 390, height: 844 },
}

/** An authenticator of the browser's own, which says yes to everything; `end` unplugs it. */
async function plugIn(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    count: async () =>
      (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    end: () => session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }),
  }
}

for (const [where, viewport] of Object.entries(SIZES)) {
  test(`somebody ${where} adds a passkey, signs in with it in two ways, removes it`, async () => {
    const email = `${viewport.width}@example.org`
    const person = { name: 'Ada', email, password: PASSWORD, role: 'operator' } as const
    const { id } = await operator.createUser(person)
    const window = await open({ isStranger: true, viewport, url })
    const { page } = window
    const authenticator = await plugIn(page)
    const dialog = page.getByRole('dialog')
    const inDialog = (name: string) => dialog.getByRole('button', { name, exact: true }).click()

    await window.signIn(email, PASSWORD)
    await window.told('Signed in as Ada.')
    await window.visit('#/account')
    await window.do('Add a passkey')
    await dialog.getByLabel('Name', { exact: true }).fill('Blue phone')
    assert.deepEqual(await findOffences(page), [])
    await window.field('Your password').fill('not it')
    await inDialog('Add it')
    await dialog.getByText('This is not your password.').waitFor()
    assert.equal(await authenticator.count(), 0)
    await window.field('Your password').fill(PASSWORD)
    await inDialog('Add it')
    const codes = dialog.locator('.recovery-codes code')
    await codes.first().waitFor()
    const [recovery = ''] = await codes.allTextContents()
    await window.do('I have stored them')
    await page.getByRole('heading', { name: 'Passkeys On' }).waitFor()
    await page.getByText('Blue phone', { exact: true }).waitFor()
    assert.equal(await authenticator.count(), 1)
    assert.deepEqual(await findOffences(page), [])
    assert.deepEqual((await operator.getUser(id)).secondFactors, ['passkey'])

    // The authenticator has one for this person already.
    await window.do('Add a passkey')
    await window.field('Your password').fill(PASSWORD)
    await inDialog('Add it')
    await dialog.getByText('You already have a passkey there.').waitFor()
    await inDialog('Cancel')

    // As a second factor.
    await window.do('Sign out')
    await window.signIn(email, PASSWORD)
    await dialog.getByRole('button', { name: 'Use a passkey' }).waitFor()
    assert.equal(await dialog.getByRole('button', { name: 'Sign in with a passkey' }).count(), 0)
    assert.deepEqual(await findOffences(page), [])
    await window.field('Recovery code').fill('WRONG')
    await inDialog('Sign in')
    await page.getByText('This code is wrong').waitFor()
    await inDialog('Use a passkey')
    await window.told('Signed in as Ada.')

    // By itself.
    await window.do('Sign out')
    await page.getByText('Sign in to see your account.').waitFor()
    await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click()
    assert.deepEqual(await findOffences(page), [])
    await inDialog('Sign in with a passkey')
    await window.told('Signed in as Ada.')
    await page.getByText('By passkey, signed in').waitFor()

    // Through a link as well.
    await window.do('Sign out')
    await page.getByText('Sign in to see your account.').waitFor()
    const { token } = await operator.createSignInLink(id)
    await window.visit(`#link=${token}`)
    await page.getByText('you also need your second factor').waitFor()
    await inDialog('Use a passkey')
    await window.told('Signed in as Ada.')

    await window.visit('#/account')
    await window.do('Remove the passkey Blue phone')
    assert.deepEqual(await findOffences(page), [])
    await window.field('Your password').fill(PASSWORD)
    await authenticator.end()
    await dialog.getByLabel('Recovery code').fill(recovery)
    await inDialog('Remove it')
    await window.told('Your password alone now signs you in')
    assert.deepEqual((await operator.getUser(id)).secondFactors, [])
    await window.close()
  })
}

test('somebody at an address of numbers is told where passkeys work', async () => {
  const email = 'numbers@example.org'
  await operator.createUser({ name: 'Ada', email, password: PASSWORD, role: 'operator' })
  const window = await open({ isStranger: true })
  await window.signIn(email, PASSWORD)
  await window.told('Signed in as Ada.')
  await window.visit('#/account')
  await window.page.getByText(`Open http://localhost:${new URL(url).port} instead.`).waitFor()
  assert.equal(await window.page.getByRole('button', { name: 'Add a passkey' }).count(), 0)
  await window.close()
})
