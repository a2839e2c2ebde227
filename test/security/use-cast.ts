import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { ServerSettings } from '../../src/server/index.ts'
import { type TestDatabase, useTestDatabase } from '../support/database.ts'
import { type ListeningServer, OPERATOR_KEY, useListening } from '../support/servers.ts'
import { RawClient } from './raw-client.ts'

/** Somebody who asks: the headers that say who it is. None for an anonymous shopper. */
export type Who = Readonly<Record<string, string>>

/** An answer over HTTP; `body` is empty where none came. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
  readonly text: string
}

/** A person with an account and a session. */
export interface Person {
  readonly id: string
  readonly email: string
  readonly who: Who
  readonly accessToken: string
  readonly refreshToken: string
  readonly session: string
}

/** A server, and everybody who may come to it. */
export interface Cast {
  readonly server: ListeningServer
  readonly database: TestDatabase
  call(who: Who, method: string, path: string, body?: object): Promise<Reply>
  /** Calls what must succeed. */
  must(who: Who, method: string, path: string, body?: object): Promise<Record<string, unknown>>
  /** Calls from another address of the loopback network, such as `127.0.0.9`. */
  callFrom(address: string, who: Who, method: string, path: string, body?: object): Promise<Reply>
  /** Somebody new of this role, signed in. */
  person(role?: string): Promise<Person>
  /** A new API key. */
  partner(scopes: readonly string[], shows?: readonly string[]): Promise<Who>
  /** A new show with the seats A1 to B6, whose holders may confirm. */
  show(terms?: object): Promise<string>
}

export const ANONYMOUS: Who = {}
export const OPERATOR: Who = { authorization: `Bearer ${OPERATOR_KEY}` }
/** Password of everybody in these tests, and nowhere else. */
export const PASSWORD = 'seven-green-rowing-boats'

export const bearer = (token: unknown): Who => ({ authorization: `Bearer ${String(token)}` })

/** Opens a server on a database of its own for one test file. */
export async function useCast(name: string, settings: Partial<ServerSettings> = {}): Promise<Cast> {
  const database = await useTestDatabase(name)
  const server = await useListening(database, settings)
  const call: Cast['call'] = (who, method, path, body) => ask(server.url, who, method, path, body)
  const must: Cast['must'] = async (who, method, path, body) => {
    const reply = await call(who, method, path, body)
    assert.ok(reply.status < 300, `${method} ${path}: ${reply.status} ${reply.text}`)
    return reply.body
  }
  return {
    server,
    database,
    call,
    must,
    callFrom: (address, who, ...request) => askFrom(server.url, address, who, ...request),
    person: (role = 'user') => person(must, role),
    async partner(scopes, shows) {
      const body = { name: 'Partner', scopes, ...(shows && { shows }) }
      return bearer((await must(OPERATOR, 'POST', '/v1/api-keys', body)).secret)
    },
    async show(terms = {}) {
      const key = `show-${randomUUID()}`
      await must(OPERATOR, 'POST', '/v1/shows', {
        key,
        title: 'Hamlet',
        startsAt: '2035-12-01T19:00:00Z',
        seats: { rows: 'A-B', seatsPerRow: 6 },
        confirmBy: 'holder',
        ...terms,
      })
      return key
    },
  }
}

async function ask(
  url: string,
  who: Who,
  method: string,
  path: string,
  body?: object,
): Promise<Reply> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...who, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const type = response.headers.get('content-type') ?? ''
  const text = type.startsWith('text/event-stream')
    ? await firstOf(response)
    : await response.text()
  const isJson = type.includes('json') && text !== ''
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  }
}

async function askFrom(
  url: string,
  address: string,
  who: Who,
  method: string,
  path: string,
  body?: object,
): Promise<Reply> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const sent = {
    host: new URL(url).host,
    ...who,
    ...(body && { 'content-type': 'application/json' }),
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
  }
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`)
  const client = new RawClient(url, address)
  const answer = await client.send(
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`),
  )
  assert.ok(answer !== null, `no answer to ${method} ${path}`)
  const { status, headers } = answer
  const said = answer.body.toString('utf8')
  const isJson = headers['content-type']?.includes('json') === true && said !== ''
  return { status, headers: new Headers(headers), text: said, body: isJson ? JSON.parse(said) : {} }
}

/** The first event of a stream, which would go on for ever. */
async function firstOf(response: Response): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (text.includes('\n\n')) break
  }
  return text
}

async function person(must: Cast['must'], role: string): Promise<Person> {
  const email = `${randomUUID()}@cast.example`
  const body = { name: 'Somebody', email, password: PASSWORD, role }
  const { id } = await must(OPERATOR, 'POST', '/v1/users', body)
  const session = await must(ANONYMOUS, 'POST', '/v1/sessions', { email, password: PASSWORD })
  return {
    id: String(id),
    email,
    who: bearer(session.accessToken),
    accessToken: String(session.accessToken),
    refreshToken: String(session.refreshToken),
    session: String(session.id),
  }
}
