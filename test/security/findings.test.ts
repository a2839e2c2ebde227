import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { parseRaw, sendRaw } from '../server/raw-request.ts'
import { ANONYMOUS, bearer, OPERATOR, PASSWORD, useCast } from './use-cast.ts'

const { server, call, must, partner, person, show } = await useCast('findings')

/** Tests of what attacks have found, one test each, so that it stays found. */
describe('findings', () => {
  test('an expectation that nobody knows is ignored, not answered without a body', async () => {
    for (const expectation of ['something', '200-ok', 'x, y']) {
      const lines = ['GET /v1/shows HTTP/1.1', 'host: x', 'connection: close']
      const head = [...lines, `expect: ${expectation}`].join('\r\n')
      const { status, head: said, body } = parseRaw(await sendRaw(server.url, `${head}\r\n\r\n`))
      assert.equal(status, 200, said)
      assert.ok(Array.isArray(body.items))
      assert.match(said, /x-content-type-options: nosniff/)
    }
  })

  test('a user who has another name for every hold has the limit of one holder', async () => {
    const key = await show({ maxSeatsPerHolder: 2 })
    const { who } = await person()
    const path = `/v1/shows/${key}/holds`
    await must(who, 'POST', path, { seats: ['A1', 'A2'] })
    for (const more of [{}, { holder: 'somebody-else' }]) {
      const reply = await call(who, 'POST', path, { seats: ['B1'], ...more })
      assert.match(String(reply.body.code), /^(holder_limit_reached|forbidden)$/)
      const booked = await call(who, 'POST', `/v1/shows/${key}/bookings`, {
        seats: ['B1'],
        ...more,
      })
      assert.match(String(booked.body.code), /^(holder_limit_reached|forbidden)$/)
    }
  })

  test('a user who gives its hold another name has the limit of one holder', async () => {
    const key = await show({ maxSeatsPerHolder: 2 })
    const { who } = await person()
    const path = `/v1/shows/${key}/holds`
    const { id } = await must(who, 'POST', path, { seats: ['A1', 'A2'] })
    const renamed = await call(who, 'POST', `${path}/${id}/change`, { holder: 'somebody-else' })
    assert.deepEqual([renamed.status, renamed.body.code], [403, 'forbidden'])
    const more = await call(who, 'POST', path, { seats: ['B1'] })
    assert.equal(more.body.code, 'holder_limit_reached')
  })

  test('a key for one show cannot create another', async () => {
    const key = await show()
    const who = await partner(['catalogue'], [key])
    const other = {
      key: 'another',
      title: 'Macbeth',
      startsAt: '2035-01-01T00:00:00Z',
      seats: ['A1'],
    }
    assert.equal((await call(who, 'POST', '/v1/shows', other)).body.code, 'forbidden')
    assert.equal((await call(ANONYMOUS, 'GET', '/v1/shows/another')).status, 404)
  })

  test('every 401 says how to do better', async () => {
    const { who, email } = await person()
    const replies = [
      await call(ANONYMOUS, 'POST', '/v1/sessions', { email, password: 'not the password' }),
      await call(ANONYMOUS, 'POST', '/v1/sessions/refresh', { refreshToken: 'x' }),
      await call(who, 'PATCH', '/v1/me', { email: 'other@cast.example', password: 'wrong' }),
      await call(ANONYMOUS, 'GET', '/v1/me'),
      await call(bearer('x'), 'GET', '/v1/me'),
    ]
    for (const { status, headers, text } of replies) {
      assert.equal(status, 401, text)
      assert.match(headers.get('www-authenticate') ?? '', /^Bearer realm="rowlock"/)
    }
  })

  test('a key that made a link, a key or a secret before is refused as documented', async () => {
    const [one, other] = [await person(), await person()]
    const first = await must(OPERATOR, 'POST', '/v1/api-keys', { name: 'A', scopes: ['sell'] })
    const calls: [string, object, string, object][] = [
      [`/v1/users/${one.id}/links`, {}, `/v1/users/${other.id}/links`, {}],
      [
        '/v1/api-keys',
        { name: 'B', scopes: ['sell'] },
        '/v1/api-keys',
        { name: 'C', scopes: ['sell'] },
      ],
      [
        `/v1/api-keys/${first.id}/rotate`,
        { overlapSeconds: 1 },
        `/v1/api-keys/${first.id}/rotate`,
        { overlapSeconds: 2 },
      ],
    ]
    for (const [path, body, otherPath, otherBody] of calls) {
      const who = { ...OPERATOR, 'idempotency-key': randomUUID() }
      const made = await must(who, 'POST', path, body)
      assert.deepEqual((await must(who, 'POST', path, body)).token, made.token)
      const refused = await call(who, 'POST', otherPath, otherBody)
      assert.equal(refused.body.code, 'idempotency_key_reused', refused.text)
    }
    const { paths } = await must(ANONYMOUS, 'GET', '/openapi.json')
    for (const path of ['/v1/users/{user}/links', '/v1/api-keys', '/v1/api-keys/{key}/rotate']) {
      const methods = (paths as Record<string, { post: { responses: object } }>)[path]
      assert.ok(JSON.stringify(methods?.post.responses).includes('idempotency_key_reused'), path)
    }
  })

  test('a user cannot ask of e-mail after e-mail whether somebody has it', async () => {
    const { who } = await person()
    const known = await person()
    const codes: unknown[] = []
    for (let time = 0; time < 12; time++) {
      const email = time % 2 === 0 ? known.email : `${randomUUID()}@cast.example`
      const { body } = await call(who, 'PATCH', '/v1/me', { email, password: PASSWORD })
      codes.push(body.code)
    }
    assert.deepEqual(codes.slice(0, 2), ['email_taken', undefined])
    assert.deepEqual(codes.slice(10), ['rate_limited', 'rate_limited'])
  })
})
