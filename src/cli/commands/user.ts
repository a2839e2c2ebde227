import { type Command, Option } from 'commander'
import {
  ChangeUserBody,
  CreateUserBody,
  ListUsersQuery,
  USER_ROLES,
  User,
  type UserRole,
} from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { addList } from '../listing.ts'
import type { Context, Shell } from '../shell.ts'
import type { Column } from '../table.ts'
import { addOne } from '../tell-one.ts'
import { BY_CLI, parseOptions, withAccess } from '../with-access.ts'

interface CreateOptions {
  readonly name: string
  readonly phone?: string
  readonly role: UserRole
}

const EXAMPLES = `
Users created here have no password. Send them a sign-in link, and they can set one.

Examples:
  rowlock user create ada@example.org --name "Ada Lovelace" --role operator
  rowlock user link user_…
  rowlock user change user_… --role box_office
  rowlock user list --role box_office
  rowlock user disable user_…`

/** `rowlock user`: `create`, `list`, `get`, `change`, `link`, `sign-out`, `disable` and so on. */
export function addUser(program: Command, shell: Shell): void {
  const user = program
    .command('user')
    .summary('create, list and disable users')
    .description('Manage users, box office staff and operators.')
    .addHelpText('after', helpText(EXAMPLES))
  user
    .command('create')
    .summary('create a user without a password')
    .description('Create a user without a password.')
    .argument('<email>', 'e-mail address to sign in with')
    .requiredOption('--name <name>', 'full name')
    .option('--phone <number>', 'phone number')
    .addOption(roleOption('role of the user').default('user'))
    .addHelpText('after', helpText(EXAMPLES))
    .action((email: string, options: CreateOptions, command: Command) =>
      shell.run(command, (context) => createUser(context, email, options)),
    )
  addList(user, shell, {
    name: 'users',
    summary: 'list users',
    examples: EXAMPLES,
    open: withAccess,
    read: (access, _, query) => access.listUsers(BY_CLI, parseOptions(ListUsersQuery, query)),
    item: User,
    columns: COLUMNS,
    none: 'No users. Create one with "rowlock user create".',
  })
    .option('--email <email>', 'only the user with this address')
    .addOption(roleOption('only users with this role'))
  addOneUser(user, shell)
  user
    .command('link')
    .summary('create a one-time sign-in link')
    .description('Create a one-time sign-in link, valid for 30 minutes.')
    .argument('<user>', 'user id')
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, _options: unknown, command: Command) =>
      shell.run(command, (context) => linkUser(context, id)),
    )
  user
    .command('sign-out')
    .summary('sign a user out everywhere')
    .description('End all sessions of a user, and their unused sign-in links.')
    .argument('<user>', 'user id')
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, _options: unknown, command: Command) =>
      shell.run(command, (context) => signOutUser(context, id)),
    )
  user
    .command('remove-second-factor')
    .summary('remove a user’s second factor')
    .description('Remove the second factor of a user who has lost their device.')
    .argument('<user>', 'user id')
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, _options: unknown, command: Command) =>
      shell.run(command, (context) => removeSecondFactor(context, id)),
    )
  user
    .command('disable')
    .summary('disable a user and end their sessions')
    .description('Disable a user and end their sessions.')
    .argument('<user>', 'user id')
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, _options: unknown, command: Command) =>
      shell.run(command, (context) => disableUser(context, id)),
    )
}

function addOneUser(user: Command, shell: Shell): void {
  const takes = { user: 'user id' }
  addOne(user, shell, {
    verb: 'get',
    noun: 'user',
    summary: 'print a user',
    takes,
    examples: EXAMPLES,
    act: (context, [id = '']) => withAccess(context, (access) => access.getUser(BY_CLI, id)),
  })
  addOne(user, shell, {
    verb: 'change',
    noun: 'user',
    summary: 'change a user or their role',
    takes,
    examples: EXAMPLES,
    act: async (context, [id = ''], { enable, ...options }) => {
      const body = parseOptions(ChangeUserBody, {
        ...options,
        ...(enable === true && { disabled: false }),
      })
      return (await withAccess(context, (access) => access.changeUser(BY_CLI, id, body))).value
    },
  })
    .option('--name <name>', 'full name')
    .option('--email <email>', 'e-mail address to sign in with')
    .option('--phone <number>', 'phone number')
    .addOption(roleOption('role of the user'))
    .option('--enable', 'let a disabled user sign in again')
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

const COLUMNS: readonly Column<User>[] = [
  { title: 'USER', text: ({ id }) => id, look: () => 'bold' },
  { title: 'NAME', text: ({ name }) => name, gives: true },
  { title: 'E-MAIL', text: ({ email }) => email ?? '-', gives: true },
  { title: 'ROLE', text: ({ role }) => role },
  { title: 'SINCE (UTC)', text: ({ createdAt }) => createdAt.slice(0, 10) },
  { title: '', text: ({ disabledAt }) => (disabledAt === null ? '' : 'disabled') },
]

async function linkUser(context: Context, id: string) {
  const { value: link } = await withAccess(context, (access) => access.createSignInLink(BY_CLI, id))
  context.terminal.result({ link }, () => {
    const until = link.expiresAt.slice(0, 16).replace('T', ' ')
    return `${link.path}\nAppend it to the server's address. It works once, until ${until} UTC.`
  })
  return undefined
}

async function disableUser(context: Context, id: string) {
  const { value } = await withAccess(context, (access) =>
    access.changeUser(BY_CLI, id, { disabled: true }),
  )
  context.terminal.result({ user: value }, () => `${value.name} is disabled.`)
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
