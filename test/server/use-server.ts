import assert from 'node:assert/strict'
import { after } from 'node:test'
import type { InjectOptions } from 'fastify'
import { openAccess } from '../../src/auth/index.ts'
import { openDatabase, readDatabaseHealth } from '../../src/db/index.ts'
import { openEngine } from '../../src/engine/index.ts'
import { ERRORS, type ErrorCode } from '../../src/protocol/index.ts'
import { createServer, type Server, type ServerSettings } from '../../src/server/index.ts'
import { useTestDatabase } from '../support/database.ts'

/** The key that opens the operator's operations in these tests. */
export const OPERATOR_KEY = 'operator-key-of-the-tests'

/** Headers of the operator. */
export const OPERATOR = { authorization: `Bearer ${OPERATOR_KEY}` }

/** An answer, with its body parsed where it is JSON. */
export interface Answer {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly body: Record<string, unknown>
  readonly text: string
}

/** A server on a database of its own, for one test file. */
export interface ServerOfTest {
  readonly settings: ServerSettings
  readonly server: Server
  send(request: InjectOptions): Promise<Answer>
  /** Sends JSON as the operator. */
  asOperator(method: 'GET' | 'POST' | 'PATCH', url: string, body?: object): Promise<Answer>
  /** Sends JSON without a key. */
  asShopper(method: 'GET' | 'POST' | 'PATCH', url: string, body?: object): Promise<Answer>
  /** A new show with the seats A1 to B6, and its key. */
  createShow(terms?: object): Promise<string>
}

/** Opens everything at the top of a test file, and closes it after its tests. */
export async function useServer(
  name: string,
  changes: Partial<ServerSettings> = {},
): Promise<ServerOfTest> {
  const testDatabase = await useTestDatabase(name)
  const database = await openDatabase({ ...testDatabase.settings, poolSize: 4 })
  const engine = openEngine(database)
  const access = await openAccess({ database, operatorKey: OPERATOR_KEY })
  const settings: ServerSettings = {
    engine,
    access,
    database,
    readDatabaseHealth: () => readDatabaseHealth(database),
    version: '1.2.3',
    strictAnswers: true,
    ...changes,
  }
  const server = await createServer(settings)
  after(async () => {
    await server.close()
    await access.close()
    await engine.close()
    await database.close()
  })
  return serverOfTest(settings, server)
}

function serverOfTest(settings: ServerSettings, server: Server): ServerOfTest {
  const send = async (request: InjectOptions): Promise<Answer> => {
    const { statusCode, headers, payload } = await server.app.inject(request)
    const isJson = /json/.test(String(headers['content-type'])) && payload !== ''
    const body = isJson ? (JSON.parse(payload) as Record<string, unknown>) : {}
    return { status: statusCode, headers, body, text: payload }
  }
  const asOperator: ServerOfTest['asOperator'] = (method, url, body) =>
    send({ method, url, headers: OPERATOR, ...(body && { payload: body }) })
  let showCount = 0
  return {
    settings,
    server,
    send,
    asOperator,
    asShopper: (method, url, body) => send({ method, url, ...(body && { payload: body }) }),
    async createShow(terms = {}) {
      showCount += 1
      const key = `show-${showCount}`
      const answer = await asOperator('POST', '/v1/shows', {
        key,
        title: 'Hamlet',
        startsAt: '2030-12-01T19:00:00Z',
        confirmBy: 'holder',
        seats: { rows: 'A-B', seatsPerRow: 6 },
        ...terms,
      })
      assert.equal(answer.status, 201, answer.text)
      return key
    },
  }
}

/** Checks that an answer is a refusal in the form that all of them have; `code` is optional. */
export function assertRefused(answer: Answer, code?: ErrorCode): void {
  const about = `${answer.status} ${answer.text.slice(0, 500)}`
  assert.ok(answer.status >= 400, about)
  assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8', about)
  const { body } = answer
  const spec = ERRORS[body.code as ErrorCode]
  assert.ok(spec !== undefined, `${body.code} is no known code`)
  if (code !== undefined) assert.equal(body.code, code, about)
  assert.equal(answer.status, spec.status, about)
  assert.equal(body.status, spec.status)
  assert.equal(body.title, spec.title)
  assert.equal(body.type, `/errors/${body.code}`)
  assert.equal(body.requestId, answer.headers['x-request-id'])
  const isLater = spec.status === 503 || spec.status === 429
  if (isLater) assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/)
}
