import { z } from 'zod'
import { describeFields } from '../../src/protocol/texts/index.ts'

/** Parts of a JSON Schema that our own schemas use. */
interface JsonSchema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  readonly type?: string | readonly string[]
  description?: string | undefined
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly items?: JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
}

type Definitions = Readonly<Record<string, JsonSchema>>

/**
 * A schema as a TypeScript type that needs no library. Fields keep their sentences, so that an
 * editor shows them.
 */
export function typeOfSchema(name: string, schema: z.ZodType, io: 'input' | 'output'): string {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema
  describeFields(name, json)
  for (const part of Object.entries(json.$defs ?? {})) describeFields(...part)
  return typeOf(json, json.$defs ?? {})
}

function typeOf(schema: JsonSchema, definitions: Definitions): string {
  const each = (parts: readonly JsonSchema[]) => parts.map((part) => typeOf(part, definitions))
  if (schema.$ref !== undefined) {
    return typeOf(definitions[schema.$ref.replace('#/$defs/', '')] ?? {}, definitions)
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return `(${each(choices).join(' | ')})`
  if (schema.allOf !== undefined) return `(${each(schema.allOf).join(' & ')})`
  const { type = '' } = schema
  if (typeof type !== 'string') {
    return `(${each(type.map((one) => ({ ...schema, type: one }))).join(' | ')})`
  }
  if (type === 'array') return arrayOf(schema, definitions)
  if (type === 'object') return objectOf(schema, definitions)
  return SIMPLE[type] ?? 'unknown'
}

const SIMPLE: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  integer: 'number',
  null: 'null',
  number: 'number',
  string: 'string',
}

function arrayOf({ prefixItems, items }: JsonSchema, definitions: Definitions): string {
  if (prefixItems === undefined) return `(${typeOf(items ?? {}, definitions)})[]`
  return `[${prefixItems.map((item) => typeOf(item, definitions)).join(', ')}]`
}

function objectOf(schema: JsonSchema, definitions: Definitions): string {
  const { properties = {}, required = [], additionalProperties } = schema
  const fields = Object.entries(properties).map(([name, field]) => {
    const mark = required.includes(name) ? '' : '?'
    const absent = mark === '' ? '' : ' | undefined'
    const type = typeOf(field, definitions)
    return `${sentence(field.description)}${JSON.stringify(name)}${mark}: ${type}${absent}`
  })
  if (typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0) {
    fields.push(`[name: string]: ${typeOf(additionalProperties, definitions)}`)
  } else if (fields.length === 0 || typeof additionalProperties === 'object') {
    fields.push('[name: string]: unknown')
  }
  return `{ ${fields.join('; ')} }`
}

function sentence(description: string | undefined): string {
  return description === undefined ? '' : `/** ${description.replaceAll('*/', '* /')} */ `
}
