import { describeFields } from '../../protocol/texts/index.ts'
import { HEADERS, PARAMETERS } from './document-parts.ts'
import type { OpenapiDocument } from './document-types.ts'
import { finishOperation } from './finish-operation.ts'
import { openToMoreFields, tidySchemas, withoutUnused } from './tidy-schemas.ts'
import { webhooksOf } from './webhooks.ts'

/**
 * Makes of what the framework generates what integrators want to read: refusals with their codes,
 * examples, headers, named bodies, and nothing that says nothing.
 */
export function finishDocument(generated: unknown): Record<string, unknown> {
  // A copy, because the framework hands out the same objects again.
  const document = structuredClone(generated) as OpenapiDocument
  const bodies: OpenapiDocument['components']['schemas'] = {}
  openToMoreFields(document.components.schemas)
  for (const methods of Object.values(document.paths)) {
    for (const operation of Object.values(methods)) finishOperation(operation, bodies)
  }
  Object.assign(document.components.schemas, bodies)
  document.components.parameters = PARAMETERS
  document.components.headers = HEADERS
  document.webhooks = webhooksOf()
  tidySchemas(document)
  document.components.schemas = withoutUnused(document)
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    describeFields(name, schema)
  }
  return document as unknown as Record<string, unknown>
}
