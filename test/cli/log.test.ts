import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'

const OPEN_LOG = new URL('../../src/cli/serve/open-log.ts', import.meta.url).href

describe('the log of a server', () => {
  it('has no credentials, also where somebody hands them over', () => {
    const program = `
      import { openLog } from ${JSON.stringify(OPEN_LOG)}
      const log = openLog('info', { stderr: { isTTY: false } })
      const headers = { authorization: 'Bearer canary', cookie: 'canary', host: 'shown' }
      log.logger.info({ headers, req: { headers }, res: { headers: { 'set-cookie': 'canary' } } })
      log.logger.error({ err: Object.assign(new Error('broken'), { headers }) })
      log.flush()
    `
    const args = ['--input-type=module', '--eval', program]
    const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    assert.equal(stderr.split('\n').length, 3, stderr)
    assert.doesNotMatch(stderr, /canary/)
    assert.equal(stderr.split('shown').length, 4)
  })
})
