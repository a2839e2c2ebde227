/** A request has one deadline, whatever it waits for, and in whatever order. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { deadlineFrom } from '../../src/server/load/request-deadline.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import { assertInTime } from '../support/in-time.ts'
import { useKernel } from '../support/kernel.ts'
import { createShowOn, useListening } from '../support/servers.ts'

const ANSWER_MS = 3_000
const SILENT_MS = 2_000
/** Less than what a budget that begins anew with the lock would add, more than a busy machine. */
const SLACK_MS = SILENT_MS * 0.9

const kernel = await useKernel('deadline')
const proxy = await FaultProxy.open(kernel.database.server)
after(() => proxy.close())
const direct = await useListening(kernel.database)
const behind = await useListening(
  { ...kernel.database, settings: { ...kernel.database.settings, target: proxy.config } },
  { timeouts: { answerMs: ANSWER_MS } },
)
const gate = await kernel.session()

async function timed(path: string, body?: object): Promise<{ code: string; ms: number }> {
  const beganAt = performance.now()
  const headers = { 'content-type': 'application/json' }
  const init = body && { method: 'POST', headers, body: JSON.stringify(body) }
  const answer = await fetch(`${behind.url}/v1/shows/${path}`, init)
  const { code = String(answer.status) } = (await answer.json()) as { code?: string }
  return { code, ms: performance.now() - beganAt }
}

/** The network is silent for most of the time, and then somebody has locked the show. */
async function slowThenLocked(show: string): Promise<() => Promise<void>> {
  const { rows } = await kernel.owner.query<{ id: number }>(
    'select show_id::int as id from rowlock.shows where key = $1',
    [show],
  )
  await gate.lock(rows[0]?.id as number)
  proxy.weather = 'silent'
  return async () => {
    await delay(SILENT_MS)
    proxy.weather = 'fair'
  }
}

test('what the look-up of a show has taken is not given to its lock again', async () => {
  await fetch(`${behind.url}/v1/shows`)
  await assertInTime(ANSWER_MS + SLACK_MS, async () => {
    const show = await createShowOn(direct)
    const clear = await slowThenLocked(show)
    const held = timed(`${show}/holds`, { seats: ['A1'] })
    await clear()
    const { code, ms } = await held
    await gate.commit()
    assert.ok(['busy', 'outcome_unknown'].includes(code), code)
    assert.ok(ms >= SILENT_MS, `${ms} ms`)
    return ms
  })
})

test('the wait to be let in and to be read counts', () => {
  const begin = deadlineFrom({ latestMs: 300 }, ANSWER_MS, (_request, _reply, done) => done())
  const arrivedAt = performance.now() - 1_000
  const request = { raw: { arrivedAt }, deadlineAt: 0, waitsForBodyAt: 0, trace: null }
  begin.call({} as never, request as never, {} as never, () => {})
  assert.equal(request.deadlineAt, arrivedAt - 300 + ANSWER_MS)
})

test('a read into silence ends with the request, and with those who share it', async () => {
  await assertInTime(ANSWER_MS + SLACK_MS, async () => {
    const show = await createShowOn(direct)
    proxy.weather = 'silent'
    const paths = ['', '/availability', '/availability', '/statuses', '/map', '/seats']
    const answers = await Promise.all(paths.map((path) => timed(`${show}${path}`)))
    proxy.weather = 'fair'
    for (const { code } of answers) assert.equal(code, 'unavailable')
    return Math.max(...answers.map(({ ms }) => ms))
  })
})

test('a stream outlives the request that began it', async () => {
  const show = await createShowOn(direct, ['A1', 'A2'])
  const events = await fetch(`${behind.url}/v1/shows/${show}/stream`)
  const reader = (events.body as ReadableStream<Uint8Array>).getReader()
  await reader.read()
  await delay(ANSWER_MS + 300)
  await direct.shopper.holdSeats(show, { seats: ['A1'] })
  const decoder = new TextDecoder()
  let text = ''
  while (!text.includes('event: change')) text += decoder.decode((await reader.read()).value)
  await reader.cancel()
})
