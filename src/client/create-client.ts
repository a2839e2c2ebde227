import type { CallOptions, Page, Pages, WriteOptions } from './call-options.ts'
import { type Call, Caller, type ClientSettings } from './caller.ts'
import type { Client } from './client.ts'
import { type ClientOperations, ENDPOINTS } from './client-operations.ts'
import { type Clock, WORLD_CLOCK } from './clock.ts'
import { followEvents } from './follow-events.ts'
import { startWatch } from './watch-show.ts'

/**
 * A client of one server. Holds nothing but its settings: make as many as you like. Throws a
 * `TypeError` without a server.
 */
export function createClient(settings: ClientSettings): Client {
  if (typeof settings?.server !== 'string') {
    throw new TypeError('createClient needs { server }, which may be "".')
  }
  return clientWith(settings, WORLD_CLOCK)
}

/** Creates a client with time and chance handed in. */
export function clientWith(settings: ClientSettings, clock: Clock): Client {
  const caller = new Caller(settings, clock)
  const methods = Object.entries(ENDPOINTS).map(([name, endpoint]) => [
    name,
    methodOf(caller, endpoint),
  ])
  const client: Client = {
    ...(Object.fromEntries(methods) as ClientOperations),
    exportPlan: (plan, format, options) => {
      const path = `/v1/plans/${encodeURIComponent(plan)}`
      return caller.send({ method: 'GET', path, query: { format }, options })
    },
    exportList: (show, list, query = {}, options = {}) => {
      const path = `/v1/shows/${encodeURIComponent(show)}/${list}`
      return caller.parts({ method: 'GET', path, query: { ...query, format: 'csv' }, options })
    },
    events: (show, options = {}) => {
      const { signal } = options
      const load = (query: object) =>
        client.listEvents(show, query, signal === undefined ? {} : { signal })
      return followEvents(load, clock, options)
    },
    watchShow: (show, options) => startWatch(caller, clock, show, options),
  }
  return client
}

type Options = CallOptions & WriteOptions

/** Takes what is in the path one by one, then a body or a query if there is one, then options. */
function methodOf(caller: Caller, endpoint: string): (...asked: unknown[]) => unknown {
  const [call = '', path = ''] = endpoint.split(' ')
  const [first = '', ...parts] = path.split(/\{\w+\}/)
  return (...asked) => {
    const filled = parts.map((part, n) => encodeURIComponent(String(asked[n])) + part)
    const target = first + filled.join('')
    const [said, options] = asked.slice(parts.length) as [Call['query'], Options?]
    if (call === 'list') {
      return pagesOf((cursor) =>
        read<Page<unknown>>(caller, target, cursor === null ? said : { ...said, cursor }, options),
      )
    }
    // A list that is asked nothing: what is said are options.
    if (call === 'whole') {
      return pagesOf((cursor) =>
        read<Page<unknown>>(caller, target, cursor === null ? {} : { cursor }, said as Options),
      )
    }
    if (call === 'ask') return read(caller, target, said, options)
    if (call === 'get') return read(caller, target, undefined, said as Options)
    if (call === 'act') return write(caller, 'POST', target, {}, said as Options)
    return write(caller, call.toUpperCase() as Call['method'], target, said ?? {}, options)
  }
}

async function read<Answer>(
  caller: Caller,
  path: string,
  query: Call['query'],
  options: Options | undefined,
): Promise<Answer> {
  return JSON.parse(await caller.send({ method: 'GET', path, query, options })) as Answer
}

async function write(
  caller: Caller,
  method: Call['method'],
  path: string,
  body: unknown,
  options: Options | undefined,
): Promise<unknown> {
  return JSON.parse(await caller.send({ method, path, body, options }))
}

function pagesOf<Item>(load: (cursor: string | null) => Promise<Page<Item>>): Pages<Item> {
  const first = load(null)
  return Object.assign(first, {
    async *[Symbol.asyncIterator]() {
      let page = await first
      for (;;) {
        yield* page.items
        if (page.next === null) return
        page = await load(page.next)
      }
    },
  })
}
