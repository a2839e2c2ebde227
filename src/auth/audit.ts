import { badCursor } from '../calls/index.ts'
import type { AuditLog, ListAuditQuery } from '../protocol/index.ts'
import { type AccessContext, toInstant } from './access-context.ts'
import type { AccessRequest } from './access-request.ts'

interface AuditRow {
  readonly audit_id: number
  readonly at: Date
  readonly actor: string
  readonly action: string
  readonly subject: string | null
  readonly request_id: string | null
  readonly details: Record<string, unknown> | null
}

/** Administrative acts, newest first; the cursor is the last id of the page before. */
export async function listAudit(
  context: AccessContext,
  _request: AccessRequest,
  query: ListAuditQuery,
): Promise<AuditLog> {
  const before = query.cursor ?? null
  if (before !== null && !/^\d{1,15}$/.test(before)) throw badCursor()
  const rows = await context.database.read<AuditRow & Record<string, unknown>>(
    `select entry.*
     from rowlock.audit_log as entry
     where ($1::bigint is null or entry.audit_id < $1)
       and ($2::text is null or entry.actor = $2)
       and ($3::text is null or entry.action = $3)
     order by entry.audit_id desc
     limit $4`,
    [before, query.actor ?? null, query.action ?? null, query.limit + 1],
  )
  const items = rows.slice(0, query.limit).map((row) => ({
    id: row.audit_id,
    at: toInstant(row.at),
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    requestId: row.request_id,
    details: row.details,
  }))
  const last = items.at(-1)
  return { items, next: rows.length > query.limit && last ? String(last.id) : null }
}
