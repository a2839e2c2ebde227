/**
 * Random answers to the clients in other languages: each call is tried as often as the rules say,
 * a write always under one key, and ends with what its last attempt was told.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { createRandom, type Random } from '../../rig/index.ts'
import { LANGUAGES, programOf, whyNot } from './runtimes.ts'

const run = promisify(execFile)
const CALLS = 60
const ATTEMPTS = 3
const RETRYABLE = [0, 408, 429, 502, 503, 504]
/** Statuses of answers; 0 hangs up, and 200 is what ends a call well. */
const STATUSES = [0, 200, 200, 400, 404, 408, 409, 422, 429, 500, 501, 502, 503, 504]
const BODIES = ['problem', 'problem', 'html', 'half', 'list', 'nothing'] as const
/** Seconds, as a server writes them; a date in the past, and what cannot be read. */
const PAUSES = [
  null,
  null,
  '0',
  '0.05',
  '-3',
  '31',
  '9999',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'soon',
]

interface Answer {
  readonly status: number
  readonly body: (typeof BODIES)[number]
  readonly pause: string | null
}

interface Attempt {
  readonly method: string
  readonly key: string | undefined
}

function answerOf(random: Random): Answer {
  return { status: random.pick(STATUSES), body: random.pick(BODIES), pause: random.pick(PAUSES) }
}

/** Says what a client makes of an answer: a code, the status, and whether it is final. */
function meaningOf({ status, body, pause }: Answer): { told: [string, number]; isFinal: boolean } {
  if (status === 200) {
    const isWhole = body === 'problem' || body === 'list'
    return isWhole
      ? { told: ['done', 200], isFinal: true }
      : { told: ['no_answer', 0], isFinal: false }
  }
  const isOurs = status !== 0 && body === 'problem'
  const isLong = isOurs && Number(pause) > 30
  const told: [string, number] = [isOurs ? `code_${status}` : 'no_answer', status]
  return { told, isFinal: !RETRYABLE.includes(status) || isLong }
}

function textOf({ status, body }: Answer): string {
  if (body === 'problem') return JSON.stringify({ code: `code_${status}`, title: 'No.', status })
  if (body === 'list') return '[1, 2]'
  if (body === 'half') return '{"code": "code_'
  return body === 'html' ? '<html>Bad gateway</html>' : ''
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer.status === 0) return void response.destroy()
  if (answer.pause !== null) response.setHeader('Retry-After', answer.pause)
  response.writeHead(answer.status).end(textOf(answer))
}

for (const language of LANGUAGES) {
  const skip = await whyNot(language)

  describe(`the client for ${language.name}`, { skip }, () => {
    it('retries what the rules say, and nothing else', async () => {
      const seed = process.env.ROWLOCK_TEST_SEED ?? randomUUID()
      const random = createRandom(seed)
      const scripts = Array.from({ length: CALLS }, () =>
        Array.from({ length: ATTEMPTS + 1 }, () => answerOf(random)),
      )
      const attempts: Attempt[][] = scripts.map(() => [])
      const server = createServer((request: IncomingMessage, response) => {
        const number = Number(/call-(\d+)/.exec(request.url ?? '')?.[1])
        const made = attempts[number] as Attempt[]
        const key = request.headers['idempotency-key'] as string | undefined
        made.push({ method: request.method ?? '', key })
        request
          .resume()
          .once('end', () => send(response, scripts[number]?.[made.length - 1] as Answer))
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      after(() => server.close())
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const env = { ...process.env, ROWLOCK_SERVER: url, ROWLOCK_CALLS: String(CALLS) }
      const { stdout } = await run(language.program, [programOf(language, 'calls')], { env })
      const endings = JSON.parse(stdout) as [string, number][]
      for (const [number, script] of scripts.entries()) {
        const meanings = script.slice(0, ATTEMPTS).map(meaningOf)
        const last = meanings.findIndex(({ isFinal }) => isFinal)
        const count = last === -1 ? ATTEMPTS : last + 1
        const why = `call ${number} of seed ${seed}: ${JSON.stringify(script.slice(0, count))}`
        const made = attempts[number] ?? []
        assert.equal(made.length, count, why)
        assert.deepEqual(endings[number], meanings[count - 1]?.told, why)
        const isWrite = number % 2 === 1
        assert.equal(new Set(made.map(({ key }) => key)).size, 1, why)
        assert.equal(made[0]?.key !== undefined, isWrite, why)
      }
      const keys = attempts.flatMap((made) => made[0]?.key ?? [])
      assert.equal(new Set(keys).size, keys.length, 'each write has a key of its own')
    })
  })
}
