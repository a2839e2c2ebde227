import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, it } from 'node:test'
import { banner, type Readiness, readinessFields } from '../../src/cli/serve/banner.ts'
import type { OperatorKey } from '../../src/cli/serve/operator-key.ts'
import { Terminal, type World } from '../../src/cli/terminal.ts'

const stream = new PassThrough()
const streams = { stdin: stream, stdout: stream, stderr: stream } as unknown as World
const terminal = new Terminal({ ...streams, argv: [], environment: {} })

const KEPT: OperatorKey = {
  key: `rlk_${'x'.repeat(32)}`,
  origin: 'kept',
  path: '.rowlock/operator-key',
}

function readiness(operatorKey: OperatorKey, hasDemo: boolean): Readiness {
  const database = 'PostgreSQL 18.4, embedded in .rowlock'
  return { version: '0.1.0', url: 'http://127.0.0.1:3000', database, operatorKey, hasDemo }
}

describe('the greeting of a server', () => {
  it('fits 80 columns', () => {
    const lines = banner(terminal, readiness(KEPT, true)).split('\n')
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    )
  })

  it('says where to go, what the key is for and where it is kept, and what to try', () => {
    const text = banner(terminal, readiness(KEPT, true))
    for (const path of ['/v1/shows', '/docs', '/health']) {
      assert.ok(text.includes(`http://127.0.0.1:3000${path}\n`), path)
    }
    assert.ok(text.includes(KEPT.key))
    assert.ok(text.includes('Kept in .rowlock/operator-key'))
    assert.match(text, /curl -X POST http:\S+\/v1\/shows\/avengers-2026-7pm\/holds \\\n/)
  })

  it('opens the dashboard as the operator: the key stands where no server is sent it', () => {
    const told = readiness(KEPT, false)
    const dashboard = `http://127.0.0.1:3000/#key=${KEPT.key}`
    assert.ok(banner(terminal, told).includes(`${dashboard}\n`))
    assert.equal(readinessFields(told).dashboard, dashboard)
  })

  it('names no show that is not there', () => {
    assert.doesNotMatch(banner(terminal, readiness(KEPT, false)), /avengers/)
  })

  it('says that a key without a place lasts until the end', () => {
    const key = { ...KEPT, origin: 'fleeting', path: null } as const
    assert.match(banner(terminal, readiness(key, false)), /Lasts until this server stops/)
  })

  it('never repeats a configured key', () => {
    const told = readiness({ key: 'secret-secret-secret', origin: 'configured', path: null }, false)
    assert.doesNotMatch(banner(terminal, told), /secret/)
    assert.equal(readinessFields(told).operatorKey, null)
    assert.equal(readinessFields(told).dashboard, 'http://127.0.0.1:3000/')
  })
})
