import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Client } from '../../src/client/index.ts'
import { createClient } from '../../src/client/index.ts'
import { siteOf } from '../../src/server/passkey-site.ts'
import { RawClient } from '../security/raw-client.ts'
import { useTestDatabase } from '../support/database.ts'
import { listen } from '../support/servers.ts'
import { SoftPasskey } from '../support/soft-passkey.ts'

const PASSWORD = 'seven-green-rowing-boats'
const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
const HOSTS = ['tickets.example', 'box-office.example:8443']

describe('the host that passkeys are bound to', () => {
  const tried = (host: string | undefined, hosts: readonly string[] | null = HOSTS) => {
    try {
      return siteOf(host, hosts)
    } catch (error) {
      return (error as Error).message
    }
  }

  test('is the one that was asked, where its name was told', () => {
    const site = { host: 'tickets.example', origins: ['https://tickets.example'] }
    assert.deepEqual(tried('tickets.example'), site)
    assert.deepEqual(tried('TICKETS.example'), site)
    assert.deepEqual(tried('box-office.example:8443'), {
      host: 'box-office.example',
      origins: ['https://box-office.example:8443'],
    })
    assert.match(String(tried('tickets.example', null)), /Set ROWLOCK_HOSTS to the name/)
    assert.match(String(tried(undefined)), /Set ROWLOCK_HOSTS/)
    assert.match(String(tried('')), /Set ROWLOCK_HOSTS/)
  })

  test('is this machine by its name, without TLS as well', () => {
    for (const hosts of [HOSTS, null]) {
      assert.deepEqual(tried('localhost:3000', hosts), {
        host: 'localhost',
        origins: ['https://localhost:3000', 'http://localhost:3000'],
      })
    }
  })

  test('is no address, and the remedy says what else', () => {
    const here = 'Browsers bind passkeys to names, not to addresses: open http://localhost:3000.'
    assert.equal(tried('127.0.0.1:3000'), here)
    assert.equal(tried('[::1]:3000'), here)
    const there = 'Browsers bind passkeys to names, not to addresses: open the server by its name.'
    assert.equal(tried('192.0.2.7'), there)
    assert.equal(tried('[2001:db8::1]:443'), there)
  })
})

describe('over HTTP, on two servers of one database', async () => {
  const database = await useTestDatabase('server passkeys')
  const [one, two] = [await listen(database), await listen(database)]
  test.after(() => Promise.all([one.close(), two.close()]))
  const named = (url: string) => url.replace('127.0.0.1', 'localhost')
  const anyone = (url: string) => createClient({ server: named(url), retries: 0 })
  const clientOf = (url: string, token: string | null): Client =>
    createClient({ server: named(url), token: token ?? '', retries: 0 })

  test('what one begins, the other finishes', async () => {
    const email = 'ada@example.org'
    await one.operator.createUser({ name: 'Ada', email, password: PASSWORD, role: 'operator' })
    const { accessToken } = await anyone(one.url).createSession({ email, password: PASSWORD })
    const [mine, there] = [clientOf(one.url, accessToken), clientOf(two.url, accessToken)]
    const { challenge } = await mine.beginPasskey({ password: PASSWORD })
    // Ports are part of an origin: in production the two have one name.
    const key = new SoftPasskey({ host: 'localhost', origin: named(two.url) })
    const { passkey } = await there.confirmPasskey({
      name: 'Phone',
      credential: key.make(challenge),
    })
    const sign = async (url: string) =>
      key.sign((await anyone(url).createPasskeyChallenge()).challenge)
    const assertion = await sign(one.url)
    const session = await anyone(two.url).createSession({ passkey: assertion })
    assert.equal(session.user.email, email)
    const again = anyone(two.url).createSession({ passkey: assertion })
    assert.equal(await codeOf(again), 'credentials_wrong')
    const elsewhere = anyone(one.url).createSession({ passkey: await sign(one.url) })
    assert.equal(await codeOf(elsewhere), 'credentials_wrong', 'another origin')
    const unnamed = createClient({ server: two.url, retries: 0 })
    assert.equal(await codeOf(unnamed.createPasskeyChallenge()), 'passkeys_unavailable')
    await assert.rejects(anyone(two.url).createSession({ email, password: PASSWORD }), (error) => {
      assert.deepEqual((error as { details: { factors: string[] } }).details.factors, ['passkey'])
      return true
    })
    const ended = there.removePasskey(passkey.id, {
      password: PASSWORD,
      passkey: await sign(one.url),
    })
    assert.equal((await ended).secondFactor, false)
  })

  test('what browsers send besides is no mistake, and what is none is refused', async () => {
    const key = new SoftPasskey({ host: 'localhost', origin: named(two.url) })
    const { challenge } = await anyone(two.url).createPasskeyChallenge()
    const whole = {
      ...key.sign(challenge),
      type: 'public-key',
      clientExtensionResults: { credProps: { rk: true } },
      authenticatorAttachment: 'platform',
    }
    const known = anyone(two.url).createSession({ passkey: whole })
    assert.equal(await codeOf(known), 'credentials_wrong')
    const odd = { ...whole, response: { ...whole.response, signature: 'not base64url!' } }
    assert.equal(await codeOf(anyone(two.url).createSession({ passkey: odd })), 'invalid_request')
  })

  test('a host that nobody told is refused before anything else', async () => {
    const strict = await listen(database, { hosts: HOSTS })
    const ask = async (host: string) => {
      const text = `POST /v1/sessions/passkey-challenge HTTP/1.1\r\nHost: ${host}\r\n`
      const answer = await new RawClient(strict.url).send(
        Buffer.from(`${text}Connection: close\r\nContent-Length: 0\r\n\r\n`),
      )
      return JSON.parse(answer?.body.toString() ?? '{}') as { code?: string; rpId?: string }
    }
    assert.equal((await ask('evil.example')).code, 'malformed_http')
    assert.equal((await ask('tickets.example')).rpId, 'tickets.example')
    await strict.close()
  })
})
