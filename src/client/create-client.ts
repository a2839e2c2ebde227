import { type Call, Caller, type ClientSettings } from './caller.ts'
import type { CallOptions, Client, Page, Pages, WriteOptions } from './client.ts'
import { type Clock, WORLD_CLOCK } from './clock.ts'
import { startWatch } from './watch-show.ts'

/** A client of one server. Holds nothing but its settings: make as many as you like. */
export function createClient(settings: ClientSettings): Client {
  return clientWith(settings, WORLD_CLOCK)
}

/** The same with time and chance handed in. */
export function clientWith(settings: ClientSettings, clock: Clock): Client {
  const caller = new Caller(settings, clock)
  const calls = callsOf(caller)
  return {
    ...catalogue(calls),
    ...inventory(calls),
    ...people(calls),
    ...administration(calls),
    watchShow: (show, options) => startWatch(caller, clock, show, options),
  }
}

type Query = Call['query']

/** The three kinds of calls. */
interface Calls {
  read<Answer>(path: string, options?: CallOptions, query?: Query): Promise<Answer>
  list<Item>(path: string, query?: Query, options?: CallOptions): Pages<Item>
  write<Answer>(
    path: string,
    body: unknown,
    options?: WriteOptions,
    method?: Call['method'],
  ): Promise<Answer>
  text(path: string, query: Query, options?: CallOptions): Promise<string>
}

function callsOf(caller: Caller): Calls {
  const text: Calls['text'] = (path, query, options) =>
    caller.send({ method: 'GET', path, query, options })
  const read = async <Answer>(path: string, options?: CallOptions, query?: Query) =>
    JSON.parse(await text(path, query, options)) as Answer
  return {
    text,
    read,
    list: <Item>(path: string, query?: Query, options?: CallOptions) =>
      pagesOf((cursor) =>
        read<Page<Item>>(path, options, cursor === null ? query : { ...query, cursor }),
      ),
    write: async <Answer>(
      path: string,
      body: unknown = {},
      options?: WriteOptions,
      method: Call['method'] = 'POST',
    ) => JSON.parse(await caller.send({ method, path, body, options })) as Answer,
  }
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

/** `at('shows', 'a/b')` → `/v1/shows/a%2Fb` */
function at(...parts: string[]): string {
  return `/v1/${parts.map(encodeURIComponent).join('/')}`
}

function catalogue({ read, list, write, text }: Calls) {
  return {
    createVenue: (body, options) => write(at('venues'), body, options),
    listVenues: (query, options) => list(at('venues'), query, options),
    getVenue: (venue, options) => read(at('venues', venue), options),
    createPlan: (venue, body, options) => write(at('venues', venue, 'plans'), body, options),
    getPlan: (plan, options) => read(at('plans', plan), options),
    exportPlan: (plan, format, options) => text(at('plans', plan), { format }, options),
    createShow: (body, options) => write(at('shows'), body, options),
    listShows: (query, options) => list(at('shows'), query, options),
    getShow: (show, options) => read(at('shows', show), options),
    changeShow: (show, body, options) => write(at('shows', show), body, options, 'PATCH'),
    addSeats: (show, body, options) => write(at('shows', show, 'seats'), body, options),
    listJournal: (show, query, options) => list(at('shows', show, 'journal'), query, options),
  } satisfies Partial<Client>
}

function inventory({ read, list, write }: Calls) {
  const hold = (show: string, id: string, ...rest: string[]) =>
    at('shows', show, 'holds', id, ...rest)
  const booking = (show: string, id: string, ...rest: string[]) =>
    at('shows', show, 'bookings', id, ...rest)
  return {
    listSeats: (show, query, options) => list(at('shows', show, 'seats'), query, options),
    getAvailability: (show, options) => read(at('shows', show, 'availability'), options),
    getStatuses: (show, options) => read(at('shows', show, 'statuses'), options),
    getMap: (show, options) => read(at('shows', show, 'map'), options),
    holdSeats: (show, body, options) => write(at('shows', show, 'holds'), body, options),
    getHold: (show, id, options) => read(hold(show, id), options),
    extendHold: (show, id, body, options) => write(hold(show, id, 'extend'), body, options),
    releaseHold: (show, id, body, options) => write(hold(show, id, 'release'), body, options),
    confirmHold: (show, id, body, options) => write(hold(show, id, 'confirm'), body, options),
    bookSeats: (show, body, options) => write(at('shows', show, 'bookings'), body, options),
    getBooking: (show, id, options) => read(booking(show, id), options),
    cancelBooking: (show, id, body, options) => write(booking(show, id, 'cancel'), body, options),
    swapSeats: (show, id, body, options) => write(booking(show, id, 'swap'), body, options),
    blockSeats: (show, body, options) => write(at('shows', show, 'blocks'), body, options),
    unblockSeats: (show, id, body, options) =>
      write(at('shows', show, 'blocks', id, 'release'), body, options),
  } satisfies Partial<Client>
}

function people({ read, list, write }: Calls) {
  return {
    createUser: (body, options) => write(at('users'), body, options),
    createSession: (body, options) => write(at('sessions'), body, options),
    refreshSession: (body, options) => write(at('sessions', 'refresh'), body, options),
    endSession: (options) => write(at('sessions', 'end'), {}, options),
    endAllSessions: (options) => write(at('sessions', 'end-all'), {}, options),
    getMe: (options) => read(at('me'), options),
    changeMe: (body, options) => write(at('me'), body, options, 'PATCH'),
    changePassword: (body, options) => write(at('me', 'password'), body, options),
    listMyHolds: (query, options) => list(at('me', 'holds'), query, options),
    listMyBookings: (query, options) => list(at('me', 'bookings'), query, options),
  } satisfies Partial<Client>
}

function administration({ read, list, write }: Calls) {
  return {
    listUsers: (query, options) => list(at('users'), query, options),
    getUser: (user, options) => read(at('users', user), options),
    changeUser: (user, body, options) => write(at('users', user), body, options, 'PATCH'),
    createSignInLink: (user, options) => write(at('users', user, 'links'), {}, options),
    createApiKey: (body, options) => write(at('api-keys'), body, options),
    listApiKeys: (query, options) => list(at('api-keys'), query, options),
    rotateApiKey: (key, body, options) => write(at('api-keys', key, 'rotate'), body, options),
    revokeApiKey: (key, options) => write(at('api-keys', key, 'revoke'), {}, options),
    listAudit: (query, options) => list(at('audit'), query, options),
  } satisfies Partial<Client>
}
