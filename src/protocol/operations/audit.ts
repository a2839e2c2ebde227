import { AuditLog, ListAuditQuery } from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { OPERATORS } from './roles.ts'

/** Operations on the audit log: what was done to people and keys. */
export const AUDIT_OPERATIONS = {
  listAudit: {
    method: 'GET',
    path: '/v1/audit',
    tag: 'Audit',
    summary: 'List administrative acts, newest first',
    description:
      'Who did what to whom. The log is append-only. `action` is the name of an operation, or ' +
      '`bootstrap`, `refresh_reused`, `sign_in_failed`.',
    by: 'access',
    roles: OPERATORS,
    query: ListAuditQuery,
    units: 2,
    answers: { 200: AuditLog },
    refusals: [],
  },
} as const satisfies OperationTable
