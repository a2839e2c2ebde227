import { CATALOGUE } from './catalogue.ts'
import { OPERATING } from './operating.ts'
import { PEOPLE } from './people.ts'
import { SELLING } from './selling.ts'
import { type FieldTexts, SHARED } from './shared.ts'

/** Parts of a JSON Schema that are looked into here. */
interface Described {
  description?: string | undefined
  readonly properties?: Readonly<Record<string, Described>> | undefined
  readonly items?: Described | undefined
  readonly anyOf?: readonly Described[] | undefined
  readonly oneOf?: readonly Described[] | undefined
}

/** Every text of a field that its schema does not say itself. */
export const FIELD_TEXTS: FieldTexts = { ...SELLING, ...CATALOGUE, ...PEOPLE, ...OPERATING }

/** Schemas that have the fields of another one, or go by another name in a document. */
const BASES: Readonly<Record<string, string>> = {
  ApiKeyWithSecret: 'ApiKey',
  BestSeatsInput: 'BestSeats',
  ChangedUser: 'User',
  CreatedPlan: 'Plan',
  CreatedShow: 'Show',
  WebhookWithSecret: 'Webhook',
}

/**
 * Gives every field of a JSON Schema that has no description its text. OpenAPI and the types of the
 * SDK both do, so that a field reads the same in both; what runs in a browser never loads them.
 */
export function describeFields(name: string, schema: Described, path = ''): void {
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    const inside = path === '' ? key : `${path}.${key}`
    const text = field.description ?? textOf(name, inside)
    if (text !== undefined) field.description = text
    describeFields(name, field, inside)
  }
  const parts = [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  for (const part of parts) if (part !== undefined) describeFields(name, part, path)
}

/** The text of a field: of its schema, else shared by all whose path ends like that. */
export function textOf(name: string, path: string): string | undefined {
  const base = BASES[name]
  const own = FIELD_TEXTS[name]?.[path] ?? (base && FIELD_TEXTS[base]?.[path])
  return own ?? endings(`${name}.${path}`).flatMap((ending) => SHARED[ending] ?? [])[0]
}

/** `a.b.c`, `b.c` and `c`: the most particular one first. */
function endings(path: string): string[] {
  const keys = path.split('.')
  return keys.map((_, index) => keys.slice(index).join('.'))
}
