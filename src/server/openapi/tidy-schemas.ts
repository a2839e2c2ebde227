import type { OpenapiDocument, Schema } from './document-types.ts'

const REFERENCE = '#/components/schemas/'

/** Clients must bear fields that a later version adds, so answers do not forbid them. */
export function openToMoreFields(schemas: Record<string, Schema>): void {
  walk(schemas, (schema) => {
    if (schema.additionalProperties === false) delete schema.additionalProperties
  })
}

/** Takes out what is generated, true, and of no use to anybody. */
export function tidySchemas(document: OpenapiDocument): void {
  walk(document, (schema) => {
    // Whole numbers of JSON are bounded by what a double can count.
    if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
    if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
    // The format says the same, and can be read.
    if (schema.format === 'date-time') delete schema.pattern
  })
}

/** The components that something refers to, in alphabetical order. */
export function withoutUnused(document: OpenapiDocument): Record<string, Schema> {
  const { schemas } = document.components
  const used = new Set<string>()
  const look = (part: unknown): void => {
    walk(part, ({ $ref }) => {
      const name = typeof $ref === 'string' && $ref.startsWith(REFERENCE) ? $ref : undefined
      const key = name?.slice(REFERENCE.length)
      if (key === undefined || used.has(key)) return
      used.add(key)
      look(schemas[key])
    })
  }
  look(document.paths)
  look(document.webhooks)
  const names = [...used].sort()
  return Object.fromEntries(names.map((name) => [name, schemas[name] as Schema]))
}

function walk(part: unknown, visit: (schema: Schema) => void): void {
  if (typeof part !== 'object' || part === null) return
  if (!Array.isArray(part)) visit(part as Schema)
  for (const child of Object.values(part)) walk(child, visit)
}
