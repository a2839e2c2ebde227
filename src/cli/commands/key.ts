import type { Command } from 'commander'
import {
  ApiKey,
  type ApiKeyWithSecret,
  ChangeApiKeyBody,
  CreateApiKeyBody,
  LIMITS,
  ListApiKeysQuery,
  SCOPES,
} from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { addList } from '../listing.ts'
import { wholeOption } from '../options.ts'
import type { Context, Shell } from '../shell.ts'
import type { Column } from '../table.ts'
import { addOne } from '../tell-one.ts'
import { BY_CLI, parseOptions, withAccess } from '../with-access.ts'

interface CreateOptions {
  readonly scopes: string
  readonly shows?: string
  readonly expiresAt?: string
}

const EXAMPLES = `
You see the secret of a key once, when you create it: Rowlock stores only its hash.

Examples:
  rowlock key create "Web shop" --scopes sell,amend
  rowlock key create "Tour operator" --scopes sell --shows hamlet-2026-12-01
  rowlock key change key_… --name "Web shop, live"
  rowlock key rotate key_… --overlap-seconds 3600
  rowlock key revoke key_…`

/** `rowlock key create`, `list`, `get`, `change`, `rotate` and `revoke`. */
export function addKey(program: Command, shell: Shell): void {
  const key = program
    .command('key')
    .summary('create, rename, rotate and revoke API keys for partners')
    .description('Manage API keys for partner systems.')
    .addHelpText('after', helpText(EXAMPLES))
  key
    .command('create')
    .summary('create an API key')
    .description('Create an API key.')
    .argument('<name>', 'name of the partner')
    .requiredOption('--scopes <scopes>', `comma-separated: ${SCOPES.join(',')}`)
    .option('--shows <keys>', 'limit the key to these shows (default: all)')
    .option('--expires-at <instant>', 'expiry time (default: never)')
    .addHelpText('after', helpText(EXAMPLES))
    .action((name: string, options: CreateOptions, command: Command) =>
      shell.run(command, (context) => createKey(context, name, options)),
    )
  addList(key, shell, {
    name: 'keys',
    summary: 'list API keys',
    examples: EXAMPLES,
    open: withAccess,
    read: (access, _, query) => access.listApiKeys(BY_CLI, parseOptions(ListApiKeysQuery, query)),
    item: ApiKey,
    columns: COLUMNS,
    none: 'No keys. Create one with "rowlock key create".',
  })
  const takes = { key: 'key id' }
  addOne(key, shell, {
    verb: 'get',
    noun: 'key',
    summary: 'print an API key, without its secrets',
    takes,
    examples: EXAMPLES,
    act: (context, [id = '']) => withAccess(context, (access) => access.getApiKey(BY_CLI, id)),
  })
  addOne(key, shell, {
    verb: 'change',
    noun: 'key',
    summary: 'rename an API key',
    takes,
    examples: EXAMPLES,
    act: (context, [id = ''], { name }) => {
      const body = parseOptions(ChangeApiKeyBody, { name })
      return withAccess(context, (access) => access.changeApiKey(BY_CLI, id, body))
    },
  }).requiredOption('--name <name>', 'its new name')
  key
    .command('rotate')
    .summary('give an API key a new secret')
    .description('Give an API key a new secret. Old secrets keep working for a while.')
    .argument('<key>', 'key id')
    .option(
      '--overlap-seconds <seconds>',
      'how long old secrets keep working',
      wholeOption(0, LIMITS.overlapSecondsMax),
      LIMITS.overlapSecondsDefault,
    )
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, options: { overlapSeconds: number }, command: Command) =>
      shell.run(command, (context) => rotateKey(context, id, options.overlapSeconds)),
    )
  key
    .command('revoke')
    .summary('revoke an API key permanently')
    .description('Revoke an API key and all its secrets, permanently.')
    .argument('<key>', 'key id')
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, _options: unknown, command: Command) =>
      shell.run(command, (context) => revokeKey(context, id)),
    )
}

function listed(text: string | undefined): string[] | undefined {
  return text?.split(',').map((part) => part.trim())
}

async function createKey(context: Context, name: string, options: CreateOptions) {
  const shows = listed(options.shows)
  const body = parseOptions(CreateApiKeyBody, {
    ...options,
    name,
    scopes: listed(options.scopes),
    ...(shows && { shows }),
  })
  const { value: key } = await withAccess(context, (access) => access.createApiKey(BY_CLI, body))
  tellSecret(context, key)
  return undefined
}

async function rotateKey(context: Context, id: string, overlapSeconds: number) {
  const { value: key } = await withAccess(context, (access) => {
    return access.rotateApiKey(BY_CLI, id, { overlapSeconds })
  })
  tellSecret(context, key)
  return undefined
}

function tellSecret({ terminal }: Context, key: ApiKeyWithSecret): void {
  terminal.result(
    { key },
    () => `${key.secret}\n${key.id}: store the secret now; you will not see it again.`,
  )
}

const COLUMNS: readonly Column<ApiKey>[] = [
  { title: 'KEY', text: ({ id }) => id, look: () => 'bold' },
  { title: 'NAME', text: ({ name }) => name, gives: true },
  { title: 'SECRET', text: ({ prefix }) => `${prefix}…` },
  { title: 'SCOPES', text: ({ scopes }) => scopes.join(','), gives: true },
  { title: 'LAST USED (UTC)', text: ({ lastUsedAt }) => minuteOf(lastUsedAt) },
  { title: '', text: ({ revokedAt }) => (revokedAt === null ? '' : 'revoked') },
]

function minuteOf(at: string | null): string {
  return at === null ? '-' : at.slice(0, 16).replace('T', ' ')
}

async function revokeKey(context: Context, id: string) {
  const key = await withAccess(context, (access) => access.revokeApiKey(BY_CLI, id))
  context.terminal.result(
    { key },
    () => `${key.name} is revoked; every server knows within 5 seconds.`,
  )
  return undefined
}
