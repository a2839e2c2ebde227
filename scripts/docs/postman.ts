import { hash } from 'node:crypto'
import { type Document, operationsOf, type Placed, parametersOf } from './openapi.ts'

/**
 * The API as a Postman collection (format 2.1): a folder for each tag, with bodies to begin with.
 * Postman's own converter does the same with 40 MB of dependencies.
 */
export function postmanCollection(document: Document): object {
  return {
    info: {
      _postman_id: hash('sha256', 'rowlock').replace(
        /^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/,
        '$1-$2-$3-$4-$5',
      ),
      name: `Rowlock ${document.info.version}`,
      description: 'Set the variables baseUrl and key. Made from /openapi.json.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{key}}', type: 'string' }] },
    variable: [
      { key: 'baseUrl', value: 'http://127.0.0.1:3000' },
      { key: 'key', value: '' },
    ],
    item: document.tags.map(({ name, description }) => ({
      name,
      description,
      item: operationsOf(document, name).map((placed) => itemOf(document, placed)),
    })),
  }
}

function itemOf(document: Document, { method, path, operation }: Placed): object {
  const parameters = parametersOf(document, operation)
  const query = parameters
    .filter((one) => one.in === 'query')
    .map(({ name, description = '' }) => ({ key: name, value: '', description, disabled: true }))
  const variable = parameters
    .filter((one) => one.in === 'path')
    .map(({ name, schema, description = '' }) => {
      return { key: name, value: String(schema.example ?? schema.examples?.[0] ?? ''), description }
    })
  const segments = path
    .slice(1)
    .replaceAll(/\{(\w+)\}/g, ':$1')
    .split('/')
  const json = operation.requestBody?.content['application/json']
  const [example] = Object.values(json?.examples ?? {})
  const isOpen = operation.security.some((way) => Object.keys(way).length === 0)
  const isKeyed = parameters.some(({ name }) => name === 'Idempotency-Key')
  return {
    name: operation.summary,
    request: {
      method,
      description: operation.description ?? '',
      ...(isOpen && { auth: { type: 'noauth' } }),
      header: [
        ...(json ? [{ key: 'Content-Type', value: 'application/json' }] : []),
        ...(isKeyed ? [{ key: 'Idempotency-Key', value: '{{$guid}}' }] : []),
      ],
      url: {
        raw: `{{baseUrl}}/${segments.join('/')}`,
        host: ['{{baseUrl}}'],
        path: segments,
        query,
        variable,
      },
      ...(json && {
        body: { mode: 'raw', raw: JSON.stringify(example?.value ?? {}, null, 2) },
      }),
    },
  }
}
