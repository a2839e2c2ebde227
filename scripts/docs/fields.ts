import { type Document, resolved, type Schema } from './openapi.ts'

/** One line of a table of fields. */
export interface Field {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  readonly description: string
}

const DEPTH_MAX = 3

/** The fields of a schema, those inside of others with dots: `items[].seat`. */
export function fieldsOf(document: Document, schema: Schema, depth = 0, prefix = ''): Field[] {
  const whole = solid(document, schema)
  if (depth >= DEPTH_MAX) return []
  const choices = (whole.anyOf ?? whole.oneOf)?.map((choice) => solid(document, choice))
  if (choices !== undefined) {
    const objects = choices.filter(({ properties }) => properties !== undefined)
    return objects.length === 1 ? fieldsOf(document, objects[0] as Schema, depth, prefix) : []
  }
  const { properties = {}, required = [] } = whole
  return Object.entries(properties).flatMap(([key, field]) => {
    const name = `${prefix}${key}`
    const line = {
      name,
      type: typeOf(document, field),
      isRequired: required.includes(key),
      description: field.description ?? solid(document, field).description ?? '',
    }
    return [line, ...inner(document, field, depth, name)]
  })
}

function inner(document: Document, field: Schema, depth: number, name: string): Field[] {
  const whole = solid(document, field)
  if (whole.items !== undefined) {
    return fieldsOf(document, whole.items, depth + 1, `${name}[].`)
  }
  return fieldsOf(document, whole, depth + 1, `${name}.`)
}

/** Behind a reference, and behind "or null". */
function solid(document: Document, schema: Schema): Schema {
  const whole = resolved(document, schema)
  const choices = (whole.anyOf ?? whole.oneOf)?.filter(({ type }) => type !== 'null') ?? []
  return choices.length === 1 ? resolved(document, choices[0] as Schema) : whole
}

function typeOf(document: Document, schema: Schema): string {
  if (schema.$ref !== undefined) {
    return typeOf(document, { ...resolved(document, schema), description: '' })
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' or ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) {
    return [...new Set(choices.map((one) => typeOf(document, one)))].join(' or ')
  }
  if (schema.items !== undefined) return `list of ${typeOf(document, schema.items)}`
  return typeof schema.type === 'string' ? schema.type : (schema.type?.join(' or ') ?? 'any')
}
