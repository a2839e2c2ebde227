import { type Command, InvalidArgumentError } from 'commander'
import { ChangeWebhookBody, CreateWebhookBody, LIMITS } from '../../protocol/index.ts'
import { given, nullFor } from '../listing.ts'
import { wholeOption } from '../options.ts'
import { CLI_CALLER, CLI_WRITE, withEngine } from '../rowlock-stack.ts'
import type { Shell } from '../shell.ts'
import { addOne } from '../tell-one.ts'
import { parseOptions } from '../with-access.ts'

/** Takes a choice away. */
const ALL = 'all'

const EXAMPLES = `
You see the secret of a webhook once: when you create it, and when you rotate it.

Examples:
  rowlock webhooks create https://shop.example/hooks --events booking.created
  rowlock webhooks change webhook_… --disable
  rowlock webhooks rotate webhook_… --overlap-seconds 3600
  rowlock webhooks delete webhook_…`

/** `rowlock webhooks create`, `get`, `change`, `rotate` and `delete`. */
export function addManagingWebhooks(parent: Command, shell: Shell): void {
  const takes = { webhook: 'webhook id' }
  const about = { noun: 'webhook', takes, examples: EXAMPLES }
  addOne(parent, shell, {
    ...about,
    takes: { url: 'where to send events' },
    verb: 'create',
    summary: 'create a webhook',
    act: async (context, [url = ''], options) => {
      const body = parseOptions(CreateWebhookBody, given({ ...options, url }))
      return withEngine(context, async (engine) => {
        return (await engine.createWebhook(CLI_WRITE, body)).value
      })
    },
  })
    .option('--events <types>', 'comma-separated types (default: all)', listOption)
    .option('--shows <keys>', 'comma-separated shows (default: all)', listOption)
    .option('--description <text>', 'what it is for')
  addOne(parent, shell, {
    ...about,
    verb: 'get',
    summary: 'print a webhook, without its secrets',
    act: (context, [id = '']) => withEngine(context, (engine) => engine.getWebhook(CLI_CALLER, id)),
  })
  addOne(parent, shell, {
    ...about,
    verb: 'change',
    summary: 'change, disable or enable a webhook',
    act: async (context, [id = ''], { enable, disable, ...options }) => {
      const toggled = enable === true ? { disabled: false } : disable === true && { disabled: true }
      const body = parseOptions(ChangeWebhookBody, { ...nullFor(ALL, options), ...toggled })
      return withEngine(context, async (engine) => {
        return (await engine.changeWebhook(CLI_WRITE, id, body)).value
      })
    },
  })
    .option('--url <url>', 'where to send events')
    .option('--events <types>', 'comma-separated types; all: every type', allOption)
    .option('--shows <keys>', 'comma-separated shows; all: every show', allOption)
    .option('--description <text>', 'what it is for')
    .option('--disable', 'send nothing')
    .option('--enable', 'resume where it stopped')
  addOne(parent, shell, {
    ...about,
    verb: 'rotate',
    summary: 'give a webhook a new signing secret',
    act: async (context, [id = ''], { overlapSeconds }) =>
      withEngine(context, async (engine) => {
        const body = { overlapSeconds: Number(overlapSeconds) }
        return (await engine.rotateWebhookSecret(CLI_WRITE, id, body)).value
      }),
  }).option(
    '--overlap-seconds <seconds>',
    'how long to sign with the old secret, too',
    wholeOption(0, LIMITS.overlapSecondsMax),
    LIMITS.overlapSecondsDefault,
  )
  addOne(parent, shell, {
    ...about,
    verb: 'delete',
    summary: 'delete a webhook and the events waiting for it',
    act: async (context, [id = '']) =>
      withEngine(context, async (engine) => {
        return (await engine.deleteWebhook(CLI_WRITE, id)).value
      }),
  })
}

function listOption(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.includes('')) throw new InvalidArgumentError('One of them is empty.')
  return parts
}

function allOption(text: string): string[] | string {
  return text === ALL ? ALL : listOption(text)
}
