import type { Access } from '../../auth/index.ts'
import { accessRequestOf, route } from '../route.ts'
import type { App } from './app.ts'

/** Adds the routes of the audit log: what was done to people and keys. */
export function addAuditRoutes(app: App, access: Access): void {
  route(app, 'listAudit', (request) => access.listAudit(accessRequestOf(request), request.query))
}
