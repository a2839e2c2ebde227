import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { After, type DataTable, Given, Then, When } from '@cucumber/cucumber'
import { Webhook } from 'standardwebhooks'
import type { Event } from '../../../src/protocol/index.ts'
import { until } from '../../support/until.ts'
import { newKey, type Person } from '../support/person.ts'
import type { RowlockWorld } from '../support/world.ts'

interface Told {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly event: Event
}

/** A webhook of a scenario, and what it was told since it was last looked at. */
interface Hook {
  readonly server: Server
  readonly url: string
  id: string
  secrets: string[]
  told: Told[]
  seen: Told[]
}

const PATIENCE_MS = 50_000
const hooks = new WeakMap<RowlockWorld, Hook>()
const pages = new WeakMap<RowlockWorld, Event[]>()
const waits = new WeakMap<RowlockWorld, Promise<Response>>()

async function openHook(world: RowlockWorld): Promise<Hook> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts).toString()
    hook.told.push({ headers: request.headers, body, event: JSON.parse(body) as Event })
    response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const hook: Hook = {
    server,
    url: `http://127.0.0.1:${port}/`,
    id: '',
    secrets: [],
    told: [],
    seen: [],
  }
  hooks.set(world, hook)
  return hook
}

function hookOf(world: RowlockWorld): Hook {
  const hook = hooks.get(world)
  assert.ok(hook, 'the scenario has a webhook')
  return hook
}

After(async function (this: RowlockWorld) {
  const hook = hooks.get(this)
  if (!hook) return
  hook.server.closeAllConnections()
  hook.server.close()
  if (hook.id) await this.boxOffice.send('POST', `/v1/webhooks/${hook.id}/delete`, {})
})

async function createHook(
  world: RowlockWorld,
  person: Person,
  events: string | null,
  key?: string,
): Promise<void> {
  const hook = hooks.get(world) ?? (await openHook(world))
  const types = events === null ? {} : { events: events.split(', ') }
  const body = { url: hook.url, shows: [world.showKey], ...types }
  const answer = await person.send('POST', '/v1/webhooks', body, key === undefined ? {} : { key })
  hook.id = String(answer.body.id)
  hook.secrets.push(String(answer.body.secret))
}

Given('{person} creates a webhook for its show', function (this: RowlockWorld, person: Person) {
  return createHook(this, person, null)
})

When(
  '{person} creates a webhook for {string}',
  function (this: RowlockWorld, person: Person, events: string) {
    return createHook(this, person, events)
  },
)

When(
  '{person} creates a webhook for its show with key {string}',
  function (this: RowlockWorld, person: Person, word: string) {
    return createHook(this, person, null, this.keyOf(word))
  },
)

When(
  '{person} asks for a webhook to {string}',
  async function (this: RowlockWorld, person: Person, url: string) {
    await person.send('POST', '/v1/webhooks', { url })
  },
)

const act = (name: string) =>
  async function (this: RowlockWorld, person: Person) {
    const answer = await person.send(
      'POST',
      `/v1/webhooks/${hookOf(this).id}/${name}`,
      {},
      { key: newKey() },
    )
    if (name === 'rotate') hookOf(this).secrets.push(String(answer.body.secret))
  }

When('{person} deletes the webhook', act('delete'))
When('{person} rotates the secret of the webhook', act('rotate'))

async function setDisabled(world: RowlockWorld, person: Person, disabled: boolean, id: string) {
  void world
  await person.send('PATCH', `/v1/webhooks/${id}`, { disabled })
}

When('{person} stops the webhook', function (this: RowlockWorld, person: Person) {
  return setDisabled(this, person, true, hookOf(this).id)
})
When('{person} lets the webhook go on', function (this: RowlockWorld, person: Person) {
  return setDisabled(this, person, false, hookOf(this).id)
})
When('{person} stops a webhook that is not there', function (this: RowlockWorld, person: Person) {
  return setDisabled(this, person, true, `webhook_${'0'.repeat(32)}`)
})

When(
  '{person} replays the webhook from version {int}',
  async function (this: RowlockWorld, person: Person, after: number) {
    const body = { show: this.showKey, after }
    await person.send('POST', `/v1/webhooks/${hookOf(this).id}/replay`, body)
  },
)

Then('the webhook is told', async function (this: RowlockWorld, table: DataTable) {
  const hook = hookOf(this)
  const wanted = table.hashes() as Record<string, string>[]
  const isTold = async () => {
    assert.deepEqual(hook.told.map(rowOf(wanted)), wanted)
    return true
  }
  await until('what the webhook is told', isTold, PATIENCE_MS)
  hook.seen.push(...hook.told.splice(0))
})

const rowOf =
  (wanted: readonly Record<string, string>[]) =>
  ({ event }: Told): Record<string, string> => {
    const seats = (event.data as { seats?: string[] }).seats ?? []
    const row: Record<string, string> = { type: event.type }
    if (wanted[0] && 'seats' in wanted[0]) row.seats = seats.join(', ')
    return row
  }

/** Nothing can be waited for but what comes after: an event of another show, told by now. */
Then('the webhook is told nothing', async function (this: RowlockWorld) {
  const hook = hookOf(this)
  const other = await openHook(this)
  const answer = await this.boxOffice.send('POST', '/v1/webhooks', { url: other.url })
  await this.boxOffice.send('POST', this.inShow('bookings'), { seats: ['B9'] })
  await until(
    'the event of another show',
    async () => other.told.some(({ event }) => event.type === 'booking.created') || null,
  )
  await this.boxOffice.send('POST', `/v1/webhooks/${String(answer.body.id)}/delete`, {})
  await this.boxOffice.send('POST', this.inShow('blocks'), { seats: ['B8'], reason: 'x' })
  other.server.closeAllConnections()
  other.server.close()
  hooks.set(this, hook)
  assert.deepEqual(hook.told, [])
})

Then('the webhook has the secret of before', function (this: RowlockWorld) {
  const [secret] = hookOf(this).secrets
  assert.equal(this.boxOffice.lastAnswer.body.secret, secret)
})

Then('nobody else is shown it', async function (this: RowlockWorld) {
  const { id } = hookOf(this)
  for (const path of ['/v1/webhooks', `/v1/webhooks/${id}`, `/v1/webhooks/${id}/deliveries`]) {
    const answer = await this.boxOffice.send('GET', path)
    assert.equal(JSON.stringify(answer.body).includes('whsec_'), false, path)
  }
})

Then('both secrets have signed', function (this: RowlockWorld) {
  const { secrets, seen } = hookOf(this)
  const last = seen.at(-1)
  assert.ok(last && secrets.length === 2)
  for (const secret of secrets) {
    new Webhook(secret).verify(last.body, last.headers as Record<string, string>)
  }
})

Then('the last event has the id of the one before', function (this: RowlockWorld) {
  const { seen } = hookOf(this)
  assert.equal(seen.at(-1)?.headers['webhook-id'], seen[0]?.headers['webhook-id'])
})

When(
  '{person} lists events in pages of {int}',
  async function (this: RowlockWorld, person: Person, limit: number) {
    const all: Event[] = []
    for (let after = ''; ; ) {
      const answer = await person.send('GET', this.inShow(`events?limit=${limit}${after}`))
      const events = answer.body.events as Event[]
      if (events.length === 0) break
      all.push(...events)
      after = `&after=${String(answer.body.after)}`
    }
    pages.set(this, all)
  },
)

When(
  '{person} lists events of a show that is not there',
  async function (this: RowlockWorld, person: Person) {
    await person.send('GET', '/v1/shows/nowhere/events')
  },
)

Then('it is told', function (this: RowlockWorld, table: DataTable) {
  const seen = (pages.get(this) ?? []).map(({ type }) => ({ type }))
  assert.deepEqual(seen, table.hashes())
})

When(
  '{person} lists events after {word}',
  async function (this: RowlockWorld, person: Person, after: string) {
    await person.send('GET', this.inShow(`events?after=${after}`))
  },
)

When('{person} waits for events', function (this: RowlockWorld, person: Person) {
  const path = this.inShow('events?after=1&wait=20')
  waits.set(this, person.send('GET', path) as never)
})

Then('the wait ends with {string}', async function (this: RowlockWorld, type: string) {
  const answer = (await waits.get(this)) as unknown as { body: { events: Event[] } }
  assert.deepEqual(
    answer.body.events.map((event) => event.type),
    [type],
  )
})
