import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import type { Engine } from '../../engine/index.ts'
import { messageOf, openPoster, type Posted } from '../../feed/index.ts'
import {
  DELIVERY_STATES,
  EVENT_TYPES,
  type Event,
  type EventType,
  ListWebhooksQuery,
  Webhook,
  type WebhookDelivery,
} from '../../protocol/index.ts'
import { VERSION } from '../../runtime/index.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { Interruption } from '../interruption.ts'
import { addList } from '../listing.ts'
import { wholeOption } from '../options.ts'
import { CLI_CALLER, CLI_WRITE, withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { type Column, renderTable } from '../table.ts'
import { exampleEvent } from '../webhooks/example-event.ts'
import { parseOptions, takeAll } from '../with-access.ts'
import { addManagingWebhooks } from './manage-webhooks.ts'

interface ForwardOptions {
  readonly forwardTo: string
  readonly show?: readonly string[]
  readonly events?: string
  readonly secret?: string
}

interface DeliveriesOptions {
  readonly state?: WebhookDelivery['state']
}

const DELIVERIES_MAX = 1_000

const EXAMPLES = `
"listen" needs no webhook: it follows the event feed and sends each event to your
own machine, signed as the real ones are, until you press Ctrl-C.

Examples:
  rowlock webhooks list
  rowlock webhooks deliveries webhook_… --state waiting
  rowlock webhooks test webhook_…
  rowlock webhooks replay webhook_… hamlet-2026-12-01 --after 40
  rowlock webhooks listen --forward-to http://localhost:4000/hook
  rowlock webhooks trigger hold.expired --forward-to http://localhost:4000/hook`

/** `rowlock webhooks list`, `deliveries`, `test`, `replay`, `listen` and `trigger`. */
export function addWebhooks(program: Command, shell: Shell): void {
  const webhooks = program
    .command('webhooks')
    .summary('manage, test and replay webhooks; forward events to your machine')
    .description('Manage webhooks.')
    .addHelpText('after', helpText(EXAMPLES))
  addList(webhooks, shell, {
    name: 'items',
    summary: 'list webhooks',
    examples: EXAMPLES,
    open: withEngine,
    read: (engine, _, query) =>
      engine.listWebhooks(CLI_CALLER, parseOptions(ListWebhooksQuery, query)),
    item: Webhook,
    columns: COLUMNS,
    none: 'No webhooks.',
  })
  webhooks
    .command('deliveries')
    .summary('list the latest deliveries')
    .description('List the latest deliveries of a webhook, and those waiting to be retried.')
    .argument('<webhook>', 'webhook id')
    .addOption(new Option('--state <state>', 'only these').choices([...DELIVERY_STATES]))
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, options: DeliveriesOptions, command: Command) =>
      shell.run(command, (context) => listDeliveries(context, id, options)),
    )
  webhooks
    .command('test')
    .summary('send a signed test event')
    .description('Send a signed test event to a webhook, and print the response.')
    .argument('<webhook>', 'webhook id')
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, _options: unknown, command: Command) =>
      shell.run(command, (context) => testWebhook(context, id)),
    )
  webhooks
    .command('replay')
    .summary('redeliver the events of a show')
    .description('Redeliver the events of a show after a version. A running server sends them.')
    .argument('<webhook>', 'webhook id')
    .argument('<show>', 'show key')
    .option('--after <version>', 'last version you received', wholeOption(0), 0)
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, show: string, options: { after: number }, command: Command) =>
      shell.run(command, (context) => replayWebhook(context, id, show, options.after)),
    )
  addManagingWebhooks(webhooks, shell)
  addForwarding(webhooks, shell)
}

function addForwarding(webhooks: Command, shell: Shell): void {
  const forward = (command: Command) =>
    command
      .requiredOption('--forward-to <url>', 'URL to send events to')
      .option('--secret <secret>', 'signing secret (default: a new one, which is printed)')
      .addHelpText('after', helpText(EXAMPLES))
  forward(
    webhooks
      .command('listen')
      .summary('forward events to your machine')
      .description('Forward events to your machine as they happen, until you press Ctrl-C.')
      .option('--show <key>', 'only events of this show; repeatable', collect)
      .option('--events <types>', 'only these types, such as booking.created,hold.expired'),
  ).action((options: ForwardOptions, command: Command) =>
    shell.run(command, (context) => listen(context, options)),
  )
  forward(
    webhooks
      .command('trigger')
      .summary('send an example of an event')
      .description('Send a made-up event of a type, signed.')
      .argument('<type>', `one of ${EVENT_TYPES.join(', ')}`),
  ).action((type: string, options: ForwardOptions, command: Command) =>
    shell.run(command, (context) => trigger(context, type, options)),
  )
}

function collect(key: string, keys: readonly string[] = []): string[] {
  return [...keys, key]
}

const COLUMNS: readonly Column<Webhook>[] = [
  { title: 'ID', text: ({ id }) => id, look: () => 'dim' },
  { title: 'URL', text: ({ url }) => url, gives: true },
  { title: 'STATUS', text: ({ status, disabledWhy }) => disabledWhy ?? status },
  { title: 'WAITING', align: 'right', text: ({ waiting }) => String(waiting) },
  { title: 'EVENTS', text: ({ events }) => events?.join(', ') ?? 'all' },
]

async function listDeliveries(context: Context, id: string, { state }: DeliveriesOptions) {
  const { terminal } = context
  const items = await withEngine(context, (engine) =>
    takeAll(DELIVERIES_MAX, (page) =>
      engine.listWebhookDeliveries(CLI_CALLER, id, { ...page, ...(state && { state }) }),
    ),
  )
  terminal.result({ items }, () => {
    if (items.length === 0) return 'No deliveries.'
    return renderTable<WebhookDelivery>(
      terminal,
      [
        { title: 'EVENT', text: ({ event }) => event, gives: true },
        { title: 'TYPE', text: ({ type }) => type },
        { title: 'STATE', text: (one) => one.state },
        { title: 'TRIES', align: 'right', text: ({ tries }) => String(tries) },
        { title: 'ANSWER', text: ({ status, error }) => String(status ?? error ?? '') },
        { title: 'NEXT TRY', text: ({ nextAt }) => nextAt ?? '' },
      ],
      items,
    )
  })
  return undefined
}

async function testWebhook(context: Context, id: string) {
  const { terminal } = context
  const target = await withEngine(context, (engine) => engine.webhookTarget(CLI_CALLER, id))
  const poster = await openPoster(SENDING)
  const event = exampleEvent('webhook.test', new Date().toISOString())
  const posted = await poster.post(target, messageOf(event))
  poster.close()
  terminal.result(posted, () => describe(terminal, event, posted))
  return posted.isDelivered ? undefined : ('refused' as const)
}

async function replayWebhook(context: Context, id: string, show: string, after: number) {
  const { terminal } = context
  const { value } = await withEngine(context, (engine) =>
    engine.replayWebhook(CLI_WRITE, id, { show, after }),
  )
  terminal.result(value, () => `Events of ${show} after version ${after} will be sent again.`)
  return undefined
}

async function trigger({ terminal }: Context, type: string, options: ForwardOptions) {
  if (!isEventType(type)) {
    throw new CommandError(
      'usage',
      `${type} is not an event type. Use one of ${EVENT_TYPES.join(', ')}.`,
    )
  }
  const poster = await openPoster(SENDING)
  const event = exampleEvent(type, new Date().toISOString())
  const posted = await poster.post(targetOf(terminal, options), messageOf(event))
  poster.close()
  terminal.result({ event, ...posted }, () => describe(terminal, event, posted))
  return posted.isDelivered ? undefined : ('refused' as const)
}

/** Follows the shows that there are, from now on; shows that are made meanwhile, too. */
async function listen(context: Context, options: ForwardOptions) {
  const { terminal } = context
  const types = typesOf(options.events)
  const target = targetOf(terminal, options)
  const poster = await openPoster(SENDING)
  const places = new Map<string, string>()
  terminal.note(`Forwarding to ${target.url}. Ctrl-C ends it.`)
  const listening = withEngine(context, async (engine) => {
    for (let isFirst = true; ; isFirst = false) {
      const shows = options.show ?? (await allShows(engine))
      for (const show of shows) {
        for (const event of await newEvents(engine, show, places, isFirst)) {
          if (types !== null && !types.has(event.type)) continue
          terminal.note(describe(terminal, event, await poster.post(target, messageOf(event))))
        }
      }
      await delay(LISTEN_PAUSE_MS)
    }
  })
  try {
    await listening
  } catch (error) {
    // There is no other end to it.
    if (!(error instanceof Interruption)) throw error
  } finally {
    poster.close()
  }
  return undefined
}

const LISTEN_PAUSE_MS = 500

async function allShows(engine: Engine): Promise<string[]> {
  const shows = await takeAll(10_000, (page) => engine.listShows(page))
  return shows.map(({ key }) => key)
}

/** Reads what has happened in a show since the last look; nothing of what was there before. */
async function newEvents(
  engine: Engine,
  show: string,
  places: Map<string, string>,
  isFirst: boolean,
): Promise<readonly Event[]> {
  const known = places.get(show)
  const { versions } = await engine.readVersions([show])
  const after = known ?? (isFirst ? String(versions.get(show) ?? 0) : '0')
  const isOfToday = known === undefined
  const page = await engine.listEvents(show, { after, limit: 100, owner: null, isOfToday })
  places.set(show, page.after)
  return page.events
}

function typesOf(text: string | undefined): ReadonlySet<string> | null {
  if (text === undefined) return null
  const types = text.split(',').map((part) => part.trim())
  const strange = types.find((type) => !isEventType(type))
  if (strange !== undefined)
    throw new CommandError('usage', `--events: ${strange} is not an event type.`)
  return new Set(types)
}

function isEventType(type: string): type is EventType {
  return (EVENT_TYPES as readonly string[]).includes(type)
}

/** Allows loopback: anyone with the command line can send there anyway. */
const SENDING = { allowsLoopback: true, userAgent: `Rowlock/${VERSION}` }

function targetOf(terminal: Context['terminal'], { forwardTo, secret }: ForwardOptions) {
  if (!URL.canParse(forwardTo)) {
    throw new CommandError('usage', `--forward-to ${forwardTo} is not a URL.`)
  }
  const signs = secret ?? `whsec_${randomBytes(24).toString('base64')}`
  if (secret === undefined) terminal.note(`The secret is ${signs}`)
  return { url: forwardTo, secrets: [signs] }
}

function describe(terminal: Context['terminal'], event: Event, posted: Posted): string {
  const { isDelivered, status, error, tookMs } = posted
  const told = error ?? `${status}`
  const mark = terminal.style(isDelivered ? 'green' : 'red', told)
  const what = `${event.type.padEnd(20)} ${event.show ?? ''}`
  return `${event.at.slice(11, 19)}  ${what}  ${mark}  ${tookMs} ms`
}
