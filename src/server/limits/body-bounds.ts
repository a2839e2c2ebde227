import { z } from 'zod'
import { type JsonBounds, LIMITS, type Mistake } from '../../protocol/index.ts'

/** Bounds of a body, and what is looked at before anything in it is. */
export interface BodyBounds {
  /** The largest body that the schema can let through, with room for blanks. */
  readonly bytesMax: number
  /** Bounds that its text is skimmed for. */
  readonly json: JsonBounds
  /**
   * Lists and objects with more in them than the schema could ever let through, found by their
   * counts alone. None for a body that may be looked at.
   */
  tooMuchIn(body: unknown): Mistake[]
}

/** A JSON Schema, as far as sizes are in it. */
interface Shape {
  readonly type?: string
  readonly format?: string
  readonly maxLength?: number
  readonly maxItems?: number
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Shape>>
}

/** A client that writes blanks and escapes is not refused for them where little is asked. */
const BYTES_MIN = 16_384
/** UTF-8 needs three bytes at most for each UTF-16 unit, by which `maxLength` counts. */
const BYTES_PER_UNIT = 3
const NUMBER_BYTES = 25
const INSTANT_BYTES = 60
/** Unknown fields that are told one by one; of more, only the number is told. */
const UNKNOWN_MAX = 20

/**
 * The bounds of bodies of a schema. Validation looks at every element before it says that there
 * are too many: a megabyte of unknown fields took 105 ms of the one thread to refuse. Throws for a
 * schema with a text or a list without end, because then a body would have none either.
 */
export function bodyBoundsOf(schema: z.ZodType): BodyBounds {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
  const shape = withoutReferences(root, root.$defs ?? {})
  const bytes = Math.max(BYTES_MIN, bytesOf(shape, 'body'))
  const look = lookInto(shape)
  return {
    bytesMax: Math.min(LIMITS.bodyBytesMax, Math.ceil(bytes / 1_024) * 1_024),
    json: { partsMax: partsOf(shape) + UNKNOWN_MAX, depthMax: depthOf(shape) + UNKNOWN_MAX },
    tooMuchIn: (body) => look?.(body, '') ?? [],
  }
}

/** Parts with a name of their own stand elsewhere in the document; none of ours contains itself. */
function withoutReferences(shape: Shape, parts: NonNullable<Shape['$defs']>): Shape {
  return JSON.parse(JSON.stringify(shape), (_key, value: Shape | null) => {
    const part = typeof value === 'object' ? parts[value?.$ref?.split('/').at(-1) ?? ''] : undefined
    return part === undefined ? value : withoutReferences(part, parts)
  }) as Shape
}

function bytesOf(shape: Shape, path: string): number {
  const either = shape.anyOf ?? shape.oneOf
  if (either) return Math.max(...either.map((one) => bytesOf(one, path)))
  if (shape.enum) return Math.max(...shape.enum.map((value) => JSON.stringify(value).length))
  if (shape.const !== undefined) return JSON.stringify(shape.const).length
  switch (shape.type) {
    case 'string':
      return textBytes(shape, path)
    case 'array':
      return 2 + bounded(shape.maxItems, path) * (1 + bytesOf(shape.items ?? {}, `${path}[]`))
    case 'object':
      return Object.entries(shape.properties ?? {}).reduce(
        (sum, [name, value]) => sum + name.length + 4 + bytesOf(value, `${path}.${name}`),
        2,
      )
    case undefined:
      throw new Error(`${path} of a body has no type, so it has no size`)
    default:
      return NUMBER_BYTES
  }
}

function textBytes({ format, maxLength }: Shape, path: string): number {
  if (format === 'date-time') return INSTANT_BYTES
  return 2 + BYTES_PER_UNIT * bounded(maxLength, path)
}

function bounded(countMax: number | undefined, path: string): number {
  if (countMax !== undefined) return countMax
  throw new Error(`${path} of a body has no maximum`)
}

/** Fields and elements that a body can have at most. */
function partsOf(shape: Shape): number {
  const either = shape.anyOf ?? shape.oneOf
  if (either) return Math.max(...either.map(partsOf))
  if (shape.type === 'array') return (shape.maxItems ?? 0) * (1 + partsOf(shape.items ?? {}))
  const properties = Object.values(shape.properties ?? {})
  return properties.reduce((sum, property) => sum + 2 + partsOf(property), 0)
}

function depthOf(shape: Shape): number {
  const inner = [
    ...(shape.anyOf ?? shape.oneOf ?? []),
    ...Object.values(shape.properties ?? {}),
    ...(shape.items ? [shape.items] : []),
  ]
  return 1 + Math.max(0, ...inner.map(depthOf))
}

/** Finds what there is too much of in a value. */
type Look<Value = unknown> = (value: Value, path: string) => Mistake[]

/** Null for what has nothing in it: texts, numbers. */
function lookInto(shape: Shape): Look | null {
  const either = shape.anyOf ?? shape.oneOf ?? [shape]
  const list = either.find(({ type }) => type === 'array')
  const object = either.find(({ type }) => type === 'object')
  if (list === undefined && object === undefined) return null
  const inList = list && lookIntoList(list)
  const inObject = object && lookIntoObject(object)
  return (value, path) => {
    if (typeof value !== 'object' || value === null) return []
    const mistakes = Array.isArray(value) ? inList?.(value, path) : inObject?.(value, path)
    return mistakes ?? []
  }
}

function lookIntoList({
  maxItems = Number.POSITIVE_INFINITY,
  items = {},
}: Shape): Look<readonly unknown[]> {
  const look = lookInto(items)
  return (list, path) => {
    if (list.length > maxItems) {
      return [{ path, message: `has ${list.length} elements, more than ${maxItems}` }]
    }
    return look === null ? [] : list.flatMap((item, index) => look(item, `${path}[${index}]`))
  }
}

function lookIntoObject({ properties = {} }: Shape): Look<object> {
  const known = Object.keys(properties).length
  const inner = Object.entries(properties).flatMap(([name, property]) => {
    const look = lookInto(property)
    return look === null ? [] : [{ name, look }]
  })
  return (value, path) => {
    const count = Object.keys(value).length
    if (count > known + UNKNOWN_MAX) {
      return [{ path, message: `has ${count} fields, and only ${known} are known here` }]
    }
    return inner.flatMap(({ name, look }) => {
      const field = (value as Record<string, unknown>)[name]
      return field === undefined ? [] : look(field, path === '' ? name : `${path}.${name}`)
    })
  }
}
