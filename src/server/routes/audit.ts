import type { Access } from '../../auth/index.ts'
import { AuditLog, ListAuditQuery } from '../../protocol/index.ts'
import { accessRequestOf, operation } from '../operation.ts'
import type { App } from './app.ts'

/** What was done to people and keys. */
export function addAuditRoutes(app: App, access: Access): void {
  app.get(
    '/v1/audit',
    operation(
      'listAudit',
      {
        tag: 'Audit',
        summary: 'List administrative acts, newest first',
        description:
          'Who did what to whom: the log is appended to, never changed. `action` is the name of ' +
          'an operation, or `bootstrap`, `refresh_reused`, `sign_in_failed`.',
        refusals: [],
      },
      { querystring: ListAuditQuery, response: { 200: AuditLog } },
    ),
    (request) => access.listAudit(accessRequestOf(request), request.query),
  )
}
