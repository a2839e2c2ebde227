import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { bearer, codeOfToken, useAccess } from './use-access.ts'

const stage = await useAccess('auth tokens')
const { access } = stage
const { email } = await stage.user()

async function signIn(): Promise<string> {
  return (await stage.signIn(email)).accessToken ?? ''
}

test('a token is what it should be: it says nothing of whose it is', async () => {
  const [one, two] = [await signIn(), await signIn()]
  for (const token of [one, two]) {
    assert.match(token, /^rla_[\w-]{54}$/)
    assert.equal(await codeOfToken(access, token), 'known')
  }
  assert.notEqual(one, two)
})

test('a forged token opens nothing, and differs from a good one in one thing', async () => {
  const token = await signIn()
  const at = (index: number) => {
    const other = token[index] === 'A' ? 'B' : 'A'
    return `${token.slice(0, index)}${other}${token.slice(index + 1)}`
  }
  const forgeries: Record<string, string> = {
    'another first letter': at(4),
    'another letter before the mark': at(46),
    'another mark': at(50),
    'the mark of another token': `${token.slice(0, 47)}${(await signIn()).slice(47)}`,
    'no mark': token.slice(0, 47),
    'cut off': token.slice(0, -1),
    'one letter more': `${token}A`,
    'in capitals': token.toUpperCase(),
    'another beginning': token.replace('rla_', 'rlp_'),
    random: `rla_${randomBytes(40).toString('base64url')}`,
    'a token of the version before': `eyJhbGciOiJIUzI1NiJ9.${'x'.repeat(40)}.${'y'.repeat(43)}`,
    nothing: 'a.b.c',
  }
  for (const [what, forgery] of Object.entries(forgeries)) {
    assert.equal(await codeOfToken(access, forgery), 'unauthenticated', what)
  }
  assert.equal(await codeOfToken(access, token), 'known')
})

test('what was made here is told from what was not, also when it has ended', async () => {
  const token = await signIn()
  await stage.later(301)
  assert.equal(await codeOfToken(access, token), 'unauthenticated')
  assert.equal(access.isFamiliar(bearer(token)), true)
  assert.equal(access.isFamiliar(bearer(`${token.slice(0, -1)}~`)), false)
  assert.equal(access.isFamiliar(bearer(`rla_${randomBytes(40).toString('base64url')}`)), false)
})

test('a token ends after five minutes, also where it is remembered', async () => {
  const token = await signIn()
  const remembering = await stage.open({ rememberMs: 5_000 })
  await stage.later(299)
  assert.equal(await codeOfToken(remembering, token), 'known')
  assert.equal(await codeOfToken(access, token), 'known')
  await stage.later(2)
  assert.equal(await codeOfToken(access, token), 'unauthenticated')
})

test('every server of the database knows the tokens of the others', async () => {
  const other = await stage.open()
  assert.equal(await codeOfToken(other, await signIn()), 'known')
})
