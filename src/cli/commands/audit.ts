import type { Command } from 'commander'
import { AuditEntry, ListAuditQuery } from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { addList } from '../listing.ts'
import { localTime } from '../local-time.ts'
import type { Shell } from '../shell.ts'
import type { Column } from '../table.ts'
import { BY_CLI, parseOptions, withAccess } from '../with-access.ts'

const EXAMPLES = `
Newest first: who did what to people, keys, venues, plans, shows and webhooks. Sales are in the
journal of each show.

Examples:
  rowlock audit list
  rowlock audit list --action createApiKey --limit 20
  rowlock audit list --actor cli --csv > audit.csv`

/** `rowlock audit list`. */
export function addAudit(program: Command, shell: Shell): void {
  const audit = program
    .command('audit')
    .summary('list administrative acts')
    .description('Look at the audit log.')
    .addHelpText('after', helpText(EXAMPLES))
  addList(audit, shell, {
    name: 'acts',
    summary: 'list administrative acts, newest first',
    examples: EXAMPLES,
    open: withAccess,
    read: (access, _, query) => access.listAudit(BY_CLI, parseOptions(ListAuditQuery, query)),
    item: AuditEntry,
    columns: COLUMNS,
    none: 'Nothing was done.',
  })
    .option('--action <name>', 'only this operation, such as createApiKey')
    .option('--actor <name>', 'only what this caller did')
}

const COLUMNS: readonly Column<AuditEntry>[] = [
  { title: 'AT', text: ({ at }) => localTime(at, null) },
  { title: 'WHAT', text: ({ action }) => action, look: () => 'bold' },
  { title: 'SUBJECT', text: ({ subject }) => subject ?? '-', gives: true },
  { title: 'WHO', text: ({ actor }) => actor, gives: true },
  { title: 'DETAILS', text: ({ details }) => describe(details), gives: true, look: () => 'dim' },
]

function describe(details: AuditEntry['details']): string {
  return Object.entries(details ?? {})
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}
