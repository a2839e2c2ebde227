import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { wireTypes } from '../../scripts/packages/wire-types.ts'
import * as schemas from '../../src/protocol/schemas/index.ts'
import { FIELD_TEXTS, SHARED, textOf } from '../../src/protocol/texts/index.ts'

interface Field {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Field>>
}

interface Parameter {
  readonly name?: string
  readonly description?: string
}

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
}

interface Document {
  readonly components: { readonly schemas: Readonly<Record<string, Field>> }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const ROOT = new URL('../../', import.meta.url)
const file = new URL('openapi.json', ROOT)
const document = JSON.parse(await readFile(file, 'utf8')) as Document
const index = await readFile(new URL('src/client/index.ts', ROOT), 'utf8')
const isExported = (name: string) => new RegExp(`\\b${name}\\b`).test(index)
/** Files whose exports are those of the SDK. */
const CLIENT_FILES = [...index.matchAll(/from '\.\/([\w-]+\.ts)'/g)].map(([, name = '']) => name)
const types = await wireTypes()

/** Paths of the fields of a schema that say nothing, at any depth. */
function bareFields(path: string, part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return []
  const { properties = {}, ...rest } = part as Field
  const inside = Object.entries(properties).flatMap(([name, field]) => [
    ...((field.description ?? '') === '' ? [`${path}.${name}`] : []),
    ...bareFields(`${path}.${name}`, field),
  ])
  return [...inside, ...Object.values(rest).flatMap((child) => bareFields(path, child))]
}

/** Members without a doc comment of the interfaces and classes that users of the SDK see. */
function bareMembers(text: string, isSeen = (_owner: string) => true): string[] {
  const blocks = text.matchAll(/^export (?:interface|class) (\w+).*?\{\n(.*?)^\}/gms)
  return [...blocks].flatMap(([, owner = '', body = '']) => {
    if (!isSeen(owner)) return []
    const lines = body.split('\n')
    return lines.flatMap((line, at) => {
      const name = /^ {2}(?:readonly )?(\w+)\??[:(<]/.exec(line)?.[1]
      if (name === undefined || name === 'constructor') return []
      return lines[at - 1]?.trimEnd().endsWith('*/') ? [] : [`${owner}.${name}`]
    })
  })
}

/** Names of fields whose own schemas leave the text to the tables. */
const untold = Object.entries(schemas).flatMap(([name, schema]) => {
  if (!(schema instanceof z.ZodType)) return []
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const { $defs = {}, ...own } = json
  return Object.entries({ ...$defs, [name]: $defs[name] ?? own }).flatMap((part) =>
    bareFields(...part),
  )
})

describe('fields', () => {
  it('each have a sentence in the OpenAPI document', () => {
    const bare = Object.entries(document.components.schemas).flatMap((part) => bareFields(...part))
    assert.deepEqual(bare, [])
  })

  it('of queries have one, too', () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
    const bare = operations.flatMap(({ operationId, parameters = [] }) =>
      parameters
        .filter(({ name, description = '' }) => name !== undefined && description === '')
        .map(({ name }) => `${operationId} ${name}`),
    )
    assert.deepEqual(bare, [])
  })

  it('each have it in the types of the SDK', () => {
    const fields = types.match(/(?:\*\/ |\{ |; )"\w+"\??: /g) ?? []
    assert.ok(fields.length > 1000, `${fields.length} fields`)
    assert.deepEqual(
      fields.filter((field) => !field.startsWith('*/')),
      [],
    )
  })

  it('read the same in both', () => {
    const texts = Object.entries(document.components.schemas).flatMap(([name, { properties }]) =>
      name in schemas ? Object.values(properties ?? {}).map((field) => field.description) : [],
    )
    assert.ok(texts.length > 200, `${texts.length} texts`)
    assert.deepEqual(
      texts.filter((text) => !types.includes(`/** ${text} */`)),
      [],
    )
  })

  it('are there for each text', () => {
    const own = Object.entries(FIELD_TEXTS).flatMap(([name, texts]) =>
      Object.keys(texts).map((path) => `${name}.${path}`),
    )
    assert.deepEqual(
      own.filter((path) => !untold.includes(path)),
      [],
    )
    const shared = Object.keys(SHARED).filter(
      (ending) => !untold.some((path) => `.${path}`.endsWith(`.${ending}`)),
    )
    assert.deepEqual(shared, [])
  })

  it('have sentences that begin and end like one', () => {
    const all = [SHARED, ...Object.values(FIELD_TEXTS)].flatMap((texts) => Object.values(texts))
    assert.deepEqual(
      all.filter((text) => !/^[A-Z`].*[.]$/.test(text)),
      [],
    )
  })
})

describe('what the SDK adds', () => {
  it('has a sentence for each member', async () => {
    const bare = await Promise.all(
      CLIENT_FILES.map(async (name) =>
        bareMembers(await readFile(new URL(`src/client/${name}`, ROOT), 'utf8'), isExported),
      ),
    )
    assert.deepEqual(bare.flat(), [])
  })
})

describe('the rules of fields can fail', () => {
  it('on a member of an interface', () => {
    const told = '  /** Told. */\n  readonly told: string\n'
    const text = `export interface New {\n${told}  bare?(): void\n}\n`
    assert.deepEqual(bareMembers(text), ['New.bare'])
  })

  it('on a field of a list of a choice', () => {
    const inner = { type: 'object', properties: { deep: { type: 'string' } } }
    const list = { description: 'Some.', anyOf: [{ type: 'array', items: inner }, {}] }
    assert.deepEqual(bareFields('New', { properties: { list } }), ['New.list.deep'])
  })

  it('on a field of a name that means something else elsewhere', () => {
    assert.equal(textOf('New', 'version'), undefined)
  })
})
