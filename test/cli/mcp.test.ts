/** `rowlock mcp` as an assistant starts it: a process that is spoken to in lines. */
import assert from 'node:assert/strict'
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, it, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Availability, Booking, Hold, SeatList } from '../../src/protocol/index.ts'
import { OPERATION_IDS, type OperationId } from '../../src/protocol/operations/index.ts'
import { cleanEnvironment, rowlock } from '../support/command-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, OPERATOR_KEY, useListening } from '../support/servers.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const server = await useListening(await useTestDatabase('mcp'))

interface Tool {
  readonly name: OperationId
  readonly description: string
  readonly inputSchema: object
  readonly annotations: { readonly readOnlyHint: boolean }
}

interface Answer {
  readonly id: number | string | null
  readonly result?: {
    readonly protocolVersion: string
    readonly serverInfo: { readonly name: string }
    readonly tools: readonly Tool[]
    readonly isError: boolean
    readonly content: readonly { readonly text: string }[]
  }
  readonly error?: { readonly code: number; readonly message: string }
}

interface Result<Value> {
  readonly isError: boolean
  readonly value: Value
}

interface Refused {
  readonly code: string
  readonly message: string
}

interface Table {
  readonly same: object
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/** Reads a table as a model would: nothing may be lost. */
function listOf({ same, columns, rows }: Table): object[] {
  return rows.map((row) => ({
    ...same,
    ...Object.fromEntries(columns.map((name, at) => [name, row[at]])),
  }))
}

/** The other end of the pipe. */
class Assistant {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #lines: AsyncIterator<string>
  #count = 0

  constructor(t: TestContext, args: readonly string[], key: string | null) {
    this.#child = spawn(process.execPath, [MAIN, 'mcp', '--server', server.url, ...args], {
      env: cleanEnvironment(key === null ? {} : { ROWLOCK_OPERATOR_KEY: key }),
    })
    t.after(() => this.#child.kill('SIGKILL'))
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }

  /** Sends a line as it is, and gives the next answer. */
  async say(line: string): Promise<Answer> {
    this.#child.stdin.write(`${line}\n`)
    const { value } = await this.#lines.next()
    return JSON.parse(value) as Answer
  }

  notify(method: string): void {
    this.#child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method })}\n`)
  }

  async ask(method: string, params: object = {}): Promise<Answer> {
    this.#count += 1
    const message = { jsonrpc: '2.0', id: this.#count, method, params }
    const answer = await this.say(JSON.stringify(message))
    assert.equal(answer.id, this.#count)
    return answer
  }

  async call<Value = Refused>(name: string, args: object): Promise<Result<Value>> {
    const { result } = await this.ask('tools/call', { name, arguments: args })
    const [{ text } = { text: '' }] = result?.content ?? []
    return { isError: result?.isError ?? false, value: JSON.parse(text) as Value }
  }

  async tools(): Promise<readonly Tool[]> {
    return (await this.ask('tools/list')).result?.tools ?? []
  }

  /** Ends as assistants do: by closing the pipe. Answers the exit code, and what else was said. */
  async end(): Promise<[number | null, boolean]> {
    const exited = once(this.#child, 'exit')
    this.#child.stdin.end()
    const { done = false } = await this.#lines.next()
    const [code] = await exited
    return [code as number | null, done]
  }
}

describe('rowlock mcp', () => {
  it('tells twelve tools that read, with schemas, and ends with its input', async (t) => {
    const assistant = new Assistant(t, [], OPERATOR_KEY)
    const { result } = await assistant.ask('initialize', {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'test', version: '1' },
    })
    assert.equal(result?.protocolVersion, '2025-06-18')
    assert.equal(result?.serverInfo.name, 'rowlock')
    assistant.notify('notifications/initialized')
    assert.deepEqual((await assistant.ask('ping')).result, {})
    const tools = await assistant.tools()
    assert.equal(tools.length, 12)
    for (const { name, description, inputSchema, annotations } of tools) {
      assert.ok(OPERATION_IDS.includes(name), name)
      assert.ok(description.endsWith('.'), name)
      assert.equal(annotations.readOnlyHint, true)
      new Ajv2020({ strict: false, validateFormats: false }).compile(inputSchema)
    }
    assert.deepEqual(await assistant.end(), [0, true])
  })

  it('reads, and passes refusals on with their codes', async (t) => {
    const show = await createShowOn(server)
    const assistant = new Assistant(t, [], OPERATOR_KEY)
    const { value } = await assistant.call<Availability>('getAvailability', { show })
    assert.equal(value.counts.available, value.counts.total)
    const one = await assistant.call<SeatList>('listSeats', { show, limit: 1 })
    assert.equal(one.value.items[0]?.seat, 'A1')
    const unknown = await assistant.call('getShow', { show: 'nothing' })
    assert.deepEqual(unknown, {
      isError: true,
      value: { code: 'show_unknown', message: 'No show has the key "nothing".' },
    })
    const bad = await assistant.call('listSeats', { show, status: 'sold' })
    assert.deepEqual([bad.isError, bad.value.code], [true, 'invalid_request'])
    for (const args of [{}, { show: 7 }, { show, color: 'red' }]) {
      const refused = await assistant.call('getShow', args)
      assert.deepEqual([refused.isError, refused.value.code], [true, 'usage'])
    }
    const gone = await assistant.call<Refused>('getHold', { show, hold: 'hold_1' })
    assert.deepEqual([gone.isError, gone.value.code], [true, 'hold_unknown'])
    assert.match(gone.value.message, /^There is no such hold\. Check its id/)
    const stray = await assistant.call<{ message: string }>('getShow', { show, color: 'red' })
    assert.equal(stray.value.message, 'getShow has no color, only show.')
  })

  it('tells lists as tables: nothing is said twice, and nothing lost', async (t) => {
    const show = await createShowOn(server, { rows: 'A-P', seatsPerRow: 20 })
    await server.operator.holdSeats(show, { seats: ['A2', 'B3'] })
    const assistant = new Assistant(t, [], OPERATOR_KEY)
    const { items, next } = await server.operator.listSeats(show)
    const told = await assistant.call<{ items: Table; next: string }>('listSeats', { show })
    assert.deepEqual(listOf(told.value.items), items)
    assert.equal(told.value.next, next)
    const share = JSON.stringify(told.value).length / JSON.stringify({ items, next }).length
    assert.ok(share < 0.3, `${share} of the answer of the API`)

    const all = { show, limit: 1_000 }
    const most = await assistant.call<{ items: Table; next: string }>('listSeats', all)
    assert.equal(most.value.items.rows.length, 200)
    const rest = { show, limit: 1_000, cursor: most.value.next }
    const last = await assistant.call<{ items: Table; next: null }>('listSeats', rest)
    assert.deepEqual([last.value.items.rows.length, last.value.next], [120, null])
  })

  it('changes nothing unless it is allowed to', async (t) => {
    const show = await createShowOn(server)
    const careful = new Assistant(t, [], OPERATOR_KEY)
    const params = { name: 'holdSeats', arguments: { show, seats: ['A1'] } }
    assert.equal((await careful.ask('tools/call', params)).error?.code, -32_602)

    const bold = new Assistant(t, ['--allow-writes'], OPERATOR_KEY)
    const tools = await bold.tools()
    assert.equal(tools.length, 20)
    const hold = await bold.call<Hold>('holdSeats', { show, best: { quantity: 2 }, holder: 'Zoë' })
    const paid = { show, hold: hold.value.id, reference: 'payment-1' }
    const booking = await bold.call<Booking>('confirmHold', paid)
    assert.deepEqual(booking.value.seats, hold.value.seats)
    const key = { idempotencyKey: 'a-key-that-is-repeated' }
    const cancelled = await bold.call('cancelBooking', { show, booking: booking.value.id, ...key })
    const again = await bold.call('cancelBooking', { show, booking: booking.value.id, ...key })
    assert.deepEqual(again, cancelled)
    const { items } = await server.operator.listJournal(show)
    assert.deepEqual(
      items.map(({ kind }) => kind),
      ['create', 'hold', 'confirm', 'cancel'],
    )
  })

  it('may do what its key may do: without one it is a shopper', async (t) => {
    const show = await createShowOn(server)
    const stranger = new Assistant(t, ['--allow-writes'], null)
    assert.equal((await stranger.call('getShow', { show })).isError, false)
    const refused = await stranger.call('listJournal', { show })
    assert.deepEqual([refused.isError, refused.value.code], [true, 'unauthenticated'])
  })

  it('answers what is no message, and goes on', async (t) => {
    const assistant = new Assistant(t, [], null)
    for (const [line, code] of [
      ['{', -32_700],
      ['[]', -32_600],
      ['7', -32_600],
      ['{"id":"a","method":"resources/list"}', -32_601],
      ['{"id":"a","method":"tools/call","params":{"name":"toString"}}', -32_602],
      ['{"id":"a","method":"tools/call","params":{"name":"getShow","arguments":[]}}', -32_602],
      ['{"id":"a","method":"tools/call","params":null}', -32_602],
    ] as const) {
      assert.equal((await assistant.say(line)).error?.code, code, line)
    }
    assert.deepEqual((await assistant.ask('ping')).result, {})
    assert.deepEqual(await assistant.end(), [0, true])
  })

  it('refuses an address that is none', async () => {
    const { code, stderr } = await rowlock(['mcp', '--server', 'tickets.example.org'])
    assert.deepEqual([code, stderr.includes('--server must begin with')], [2, true])
  })
})
