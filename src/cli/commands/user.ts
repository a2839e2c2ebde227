import { type Command, Option } from 'commander'
import { CreateUserBody, USER_ROLES, type User, type UserRole } from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { wholeOption } from '../options.ts'
import type { Context, Shell } from '../shell.ts'
import { renderTable } from '../table.ts'
import { BY_CLI, parseOptions, takeAll, withAccess } from '../with-access.ts'

interface CreateOptions {
  readonly name: string
  readonly phone?: string
  readonly role: UserRole
}

interface ListOptions {
  readonly email?: string
  readonly role?: UserRole
  readonly limit: number
}

const EXAMPLES = `
A user that is created here has no password: make a link, by which they sign in once and set one.

Examples:
  rowlock user create ada@example.org --name "Ada Lovelace" --role operator
  rowlock user link user_…
  rowlock user list --role box_office
  rowlock user disable user_…`

/** `rowlock user create`, `list`, `link`, `sign-out`, `remove-second-factor` and `disable`. */
export function addUser(program: Command, shell: Shell): void {
  const user = program
    .command('user')
    .summary('create, list and disable people')
    .description('People: users, the box office and operators.')
    .addHelpText('after', helpText(EXAMPLES))
  user
    .command('create')
    .summary('create somebody, without a password')
    .description('Create somebody, without a password.')
    .argument('<email>', 'what they sign in with, later')
    .requiredOption('--name <name>', 'what they are called')
    .option('--phone <number>', 'their telephone number')
    .addOption(roleOption('what they may do').default('user'))
    .addHelpText('after', helpText(EXAMPLES))
    .action((email: string, options: CreateOptions, command: Command) =>
      shell.run(command, (context) => createUser(context, email, options)),
    )
  user
    .command('list')
    .summary('list people')
    .description('List people.')
    .option('--email <email>', 'only who has this address')
    .addOption(roleOption('only who has this role'))
    .option('--limit <count>', 'at most so many', wholeOption(1), 1_000)
    .addHelpText('after', helpText(EXAMPLES))
    .action((options: ListOptions, command: Command) =>
      shell.run(command, (context) => listUsers(context, options)),
    )
  user
    .command('link')
    .summary('make a link that signs somebody in once')
    .description('Make a link that signs somebody in once, within half an hour.')
    .argument('<user>', 'id of the user')
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, _options: unknown, command: Command) =>
      shell.run(command, (context) => linkUser(context, id)),
    )
  user
    .command('sign-out')
    .summary('end all sessions of somebody, and their unused links')
    .description('End all sessions of somebody, and their unused sign-in links.')
    .argument('<user>', 'id of the user')
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, _options: unknown, command: Command) =>
      shell.run(command, (context) => signOutUser(context, id)),
    )
  user
    .command('remove-second-factor')
    .summary('for somebody who lost what shows the codes')
    .description('Take the second factor of somebody away, who lost what shows the codes.')
    .argument('<user>', 'id of the user')
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, _options: unknown, command: Command) =>
      shell.run(command, (context) => removeSecondFactor(context, id)),
    )
  user
    .command('disable')
    .summary('lock somebody out, and end their sessions')
    .description('Lock somebody out, and end their sessions.')
    .argument('<user>', 'id of the user')
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, _options: unknown, command: Command) =>
      shell.run(command, (context) => disableUser(context, id)),
    )
}

function roleOption(text: string): Option {
  return new Option('--role <role>', text).choices(USER_ROLES)
}

async function createUser(context: Context, email: string, options: CreateOptions) {
  const body = parseOptions(CreateUserBody, { ...options, email })
  const { value } = await withAccess(context, (access) => access.createUser(BY_CLI, body))
  context.terminal.result({ user: value }, () => {
    return `Created ${value.id}. Let them in with "rowlock user link ${value.id}".`
  })
  return undefined
}

async function listUsers(context: Context, { limit, email, role }: ListOptions) {
  const filters = { ...(email !== undefined && { email }), ...(role && { role }) }
  const users = await withAccess(context, (access) =>
    takeAll(limit, (page) => access.listUsers(BY_CLI, { ...filters, ...page })),
  )
  const { terminal } = context
  terminal.result({ users }, () => {
    if (users.length === 0) return 'Nobody. Create somebody with "rowlock user create".'
    return renderTable<User>(
      terminal,
      [
        { title: 'USER', text: ({ id }) => id, look: () => 'bold' },
        { title: 'NAME', text: ({ name }) => name, gives: true },
        { title: 'E-MAIL', text: (user) => user.email ?? '-', gives: true },
        { title: 'ROLE', text: ({ role }) => role },
        { title: 'SINCE (UTC)', text: ({ createdAt }) => createdAt.slice(0, 10) },
        { title: '', text: ({ disabledAt }) => (disabledAt === null ? '' : 'disabled') },
      ],
      users,
    )
  })
  return undefined
}

async function linkUser(context: Context, id: string) {
  const { value: link } = await withAccess(context, (access) => access.createSignInLink(BY_CLI, id))
  context.terminal.result({ link }, () => {
    const until = link.expiresAt.slice(0, 16).replace('T', ' ')
    return `${link.path}\nOpen it behind the address of the server: once, until ${until} UTC.`
  })
  return undefined
}

async function disableUser(context: Context, id: string) {
  const { value } = await withAccess(context, (access) =>
    access.changeUser(BY_CLI, id, { disabled: true }),
  )
  context.terminal.result({ user: value }, () => `${value.name} is locked out.`)
  return undefined
}

async function signOutUser(context: Context, id: string) {
  const { ended } = await withAccess(context, (access) => access.endUserSessions(BY_CLI, id))
  context.terminal.result({ ended }, () => {
    return ended === 1 ? '1 session ended.' : `${ended} sessions ended.`
  })
  return undefined
}

async function removeSecondFactor(context: Context, id: string) {
  const value = await withAccess(context, (access) => access.removeUserSecondFactor(BY_CLI, id))
  context.terminal.result({ user: value }, () => {
    return `${value.name} signs in without a code from now on.`
  })
  return undefined
}
