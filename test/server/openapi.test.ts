import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { ERRORS, type ErrorCode, EVENT_TYPES } from '../../src/protocol/index.ts'
import { OPERATION_IDS, type OperationId, specOf } from '../../src/protocol/operations/index.ts'
import { openapiDocument } from '../../src/server/index.ts'
import { RECORDED } from '../../src/server/openapi/recorded.ts'

interface Documented {
  operationId: string
  description: string
  security: Record<string, string[]>[]
  'x-codeSamples': { label: string; source: string }[]
  responses: Record<
    string,
    { content?: Record<string, { examples?: Record<string, { value: Record<string, unknown> }> }> }
  >
}

interface Sent {
  schema: { $ref?: string }
}

const root = new URL('../../', import.meta.url)
const manifest = JSON.parse(await readFile(new URL('package.json', root), 'utf8'))
const document = await openapiDocument(manifest.version)
const { paths, components, info } = document as unknown as {
  paths: Record<string, Record<string, Documented>>
  components: { schemas: Record<string, unknown> }
  info: { description: string }
}
const operations = Object.values(paths).flatMap((methods) => Object.values(methods))

/** The refusals that an operation documents: status and code. */
function refusalsOf(operation: Documented): [string, string][] {
  return Object.entries(operation.responses).flatMap(([status, { content }]) =>
    Object.keys(content?.['application/problem+json']?.examples ?? {}).map(
      (code): [string, string] => [status, code],
    ),
  )
}

describe('the OpenAPI document', () => {
  test('is the one in the repository: run npm run openapi', async () => {
    const written = JSON.parse(await readFile(new URL('openapi.json', root), 'utf8'))
    assert.deepEqual(JSON.parse(JSON.stringify(document)), written)
  })

  test('has every operation of the contract once: none lacks its route', () => {
    const ids = operations.map(({ operationId }) => operationId)
    assert.deepEqual(ids.toSorted(), OPERATION_IDS.toSorted())
  })

  test('says who may call what', () => {
    for (const { operationId, security } of operations) {
      const isOpen = security.some((way) => Object.keys(way).length === 0)
      assert.equal(isOpen, specOf(operationId as OperationId).roles.anonymous, operationId)
    }
  })

  test('names every refusal with the status that the error table gives it', () => {
    for (const operation of operations) {
      const refusals = refusalsOf(operation)
      assert.ok(refusals.length > 0, operation.operationId)
      for (const [status, code] of refusals) {
        assert.equal(ERRORS[code as ErrorCode]?.status, Number(status), operation.operationId)
      }
    }
  })

  test('misses no code: each belongs to an operation, or to every address', () => {
    const everywhere: ErrorCode[] = [
      'malformed_http',
      'headers_too_large',
      'request_timeout',
      'uri_invalid',
      'route_unknown',
      'method_not_allowed',
    ]
    const named = new Set(operations.flatMap(refusalsOf).map(([, code]) => code))
    const missed = Object.keys(ERRORS).filter((code) => !named.has(code))
    assert.deepEqual(missed.toSorted(), everywhere.toSorted())
    for (const code of Object.keys(ERRORS)) assert.ok(info.description.includes(`/errors/${code})`))
  })

  test('has every type of event as a webhook, with the schema of its body', () => {
    const { webhooks } = document as unknown as {
      webhooks: Record<string, { post: { requestBody: { content: Record<string, Sent> } } }>
    }
    assert.deepEqual(Object.keys(webhooks), [...EVENT_TYPES])
    for (const [type, { post }] of Object.entries(webhooks)) {
      const { $ref = '' } = post.requestBody.content['application/json']?.schema ?? {}
      const schema = components.schemas[$ref.replace('#/components/schemas/', '')] as {
        properties: { type: { enum?: string[]; const?: string } }
      }
      const { enum: types = [schema.properties.type.const] } = schema.properties.type
      assert.ok(types.includes(type), `${type} in ${$ref}`)
    }
  })

  test('refers to nothing that is missing, and defines nothing that is unused', () => {
    const text = JSON.stringify(document)
    const used = new Set(
      [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name),
    )
    assert.deepEqual([...used].toSorted(), Object.keys(components.schemas))
  })

  test('shows real answers, and samples for SDK and shell, for every operation', () => {
    for (const operation of operations) {
      const id = operation.operationId as OperationId
      const labels = operation['x-codeSamples'].map(({ label }) => label)
      assert.deepEqual(labels, ['TypeScript', 'curl'], id)
      if (id === 'streamShow') continue
      const answer = RECORDED.answers[id]
      assert.ok(answer !== undefined, `${id}: npm run answers`)
      const [schema] = Object.values(specOf(id).answers)
      const checked = schema?.safeEncode(answer as never)
      assert.ok(checked?.success, `${id}: ${checked?.error?.message}`)
    }
  })

  test('has no rest of what made it', () => {
    assert.doesNotMatch(JSON.stringify(document), /x-about|Default Response|9007199254740991/)
  })
})
