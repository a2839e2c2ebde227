import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { findOffences } from './support/find-offences.ts'
import { useDashboard } from './support/use-dashboard.ts'

const { house, open } = await useDashboard('dashboard second factor')
const { operator } = house
const PASSWORD = 'difference engine no. 2'
const SIZES = {
  'on a desk': { width: 1280, height: 800 },
  'on a phone': { width: 390, height: 844 },
}

/** The code of now; of the next half minute, which counts already, where one was used up. */
function codeOf(secret: string, isNext = false): string {
  const timestamp = Date.now() + (isNext ? 30_000 : 0)
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp })
}

for (const [where, viewport] of Object.entries(SIZES)) {
  test(`somebody ${where} sets up a second factor, signs in with it, removes it`, async () => {
    const email = `${viewport.width}@example.org`
    const person = { name: 'Ada', email, password: PASSWORD, role: 'operator' } as const
    const { id } = await operator.createUser(person)
    const window = await open({ isStranger: true, viewport })
    const { page } = window
    await window.signIn(email, PASSWORD)
    await window.told('Signed in as Ada.')
    await window.visit('#/account')
    await window.field('Password, to set it up').fill('not it')
    await window.do('Set up an app')
    await page.getByText('This is not your password.').waitFor()
    await window.field('Password, to set it up').fill(PASSWORD)
    await window.do('Set up an app')
    const secret = await window.field('Secret').inputValue()
    assert.match(await window.field('Address for the app').inputValue(), /^otpauth:\/\/totp\//)
    await page.locator('.qr-code path[d^="M"]').waitFor()
    assert.deepEqual(await findOffences(page), [])
    await window.field('Code that the app shows').fill('000000')
    await window.do('Confirm')
    await page.getByText('This code is wrong').waitFor()
    await window.field('Code that the app shows').fill(codeOf(secret))
    await window.do('Confirm')
    const codes = page.getByRole('dialog').locator('.recovery-codes code')
    await codes.first().waitFor()
    assert.equal(await codes.count(), 10)
    const [recovery = '', another = '', third = '', fourth = ''] = await codes.allTextContents()
    assert.deepEqual(await findOffences(page), [])
    // Escape does not lose them.
    await page.keyboard.press('Escape')
    await window.do('I have stored them')
    assert.ok(!(await page.content()).includes(recovery))
    await page.getByRole('heading', { name: 'Authenticator app On' }).waitFor()

    await window.do('Sign out')
    await window.signIn(email, PASSWORD)
    await window.field('Code').fill('000000')
    await page.getByRole('dialog').getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('This code is wrong').waitFor()
    assert.deepEqual(await findOffences(page), [])
    await window.field('Code').fill(codeOf(secret, true))
    await page.keyboard.press('Enter')
    await window.told('Signed in as Ada.')

    await window.do('Sign out')
    // A link that is followed before would be asked whom it may replace.
    await page.getByText('Sign in to see your account.').waitFor()
    const { token } = await operator.createSignInLink(id)
    await window.visit(`#link=${token}`)
    await page.getByText('you also need your second factor').waitFor()
    await window.field('Code').fill(recovery)
    await page.keyboard.press('Enter')
    await window.told('Signed in as Ada.')

    await window.visit('#/account')
    await window.field('E-mail').fill(`new-${email}`)
    await window.field('Your password').fill(PASSWORD)
    await window.field('Code, for another e-mail').fill(recovery)
    await window.do('Save')
    await page.getByText('The password, the code or the passkey is wrong.').waitFor()
    assert.deepEqual(await findOffences(page), [])
    await window.field('Code, for another e-mail').fill(third)
    await window.do('Save')
    await window.told('Saved.')
    assert.equal((await operator.getUser(id)).email, `new-${email}`)
    await window.field('Current password').fill(PASSWORD)
    await window.field('New password').fill('analytical engine no. 1')
    await window.field('Code, for a new password').fill(recovery)
    await window.do('Change password')
    await page.getByText('The password, the code or the passkey is wrong.').waitFor()
    assert.deepEqual(await findOffences(page), [])
    await window.field('Code, for a new password').fill(fourth)
    await window.do('Change password')
    await window.told('The password is changed.')
    assert.equal(await window.field('Code, for a new password').inputValue(), '')

    await window.field('Password, to remove it').fill('analytical engine no. 1')
    await window.field('Code').fill(recovery)
    await window.do('Remove the app')
    await page.getByText('The password, the code or the passkey is wrong.').waitFor()
    assert.equal((await operator.getUser(id)).secondFactor, true)
    await window.field('Code').fill(another)
    await window.do('Remove the app')
    await window.told('Your password alone now signs you in')
    assert.equal((await operator.getUser(id)).secondFactor, false)
    await window.close()
  })
}
