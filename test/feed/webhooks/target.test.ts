import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkTarget, guardedLookup } from '../../../src/feed/webhooks/target.ts'
import { Refusal } from '../../../src/protocol/index.ts'

const STRICT = { allowsLoopback: false }
const LOCAL = { allowsLoopback: true }

const isRefused = (url: string, rules = STRICT) => {
  try {
    checkTarget(url, rules)
    return false
  } catch (error) {
    assert.ok(error instanceof Refusal && error.code === 'webhook_url_refused')
    return true
  }
}

const REFUSED = [
  'http://shop.example/hook',
  'ftp://shop.example/hook',
  'https://user:secret@shop.example/hook',
  'https://shop.example/hook#part',
  'https://localhost/hook',
  'https://127.0.0.1/hook',
  'https://127.1/hook',
  'https://2130706433/hook',
  'https://0x7f000001/hook',
  'https://[::1]/hook',
  'https://[::ffff:127.0.0.1]/hook',
  'https://[::ffff:a00:1]/hook',
  'https://0.0.0.0/hook',
  'https://10.0.0.8/hook',
  'https://172.16.0.1/hook',
  'https://192.168.1.1/hook',
  'https://100.64.0.1/hook',
  'https://169.254.169.254/latest/meta-data',
  'https://[fe80::1]/hook',
  'https://[fd00:ec2::254]/hook',
  'https://[fc00::1]/hook',
  'https://224.0.0.1/hook',
  'https://255.255.255.255/hook',
  'https://[64:ff9b::7f00:1]/hook',
  'https://[2002:7f00:1::]/hook',
]

describe('the target of a webhook', () => {
  for (const url of REFUSED) it(`is not ${url}`, () => assert.ok(isRefused(url)))

  it('is any public https address', () => {
    for (const url of ['https://shop.example/hook', 'https://8.8.8.8:8443/a?b=c']) {
      assert.equal(isRefused(url), false, url)
    }
  })

  it('is this machine, over http, only for a server that is for this machine alone', () => {
    for (const url of ['http://localhost:4000/hook', 'http://127.0.0.1:4000/', 'http://[::1]:9/']) {
      assert.equal(isRefused(url, LOCAL), false, url)
      assert.ok(isRefused(url, STRICT), url)
    }
    assert.ok(isRefused('http://10.0.0.1/', LOCAL))
    assert.ok(isRefused('http://shop.example/', LOCAL))
  })

  it('is looked at again when its name has been resolved', async () => {
    const resolve = (rules: typeof STRICT) =>
      new Promise<unknown>((done) => {
        guardedLookup(rules)('localhost', {}, (error, address) => done(error ?? address))
      })
    assert.match(String(await resolve(STRICT)), /not on the public internet/)
    assert.match(String(await resolve(LOCAL)), /^(?:127\.0\.0\.1|::1)$/)
  })
})
