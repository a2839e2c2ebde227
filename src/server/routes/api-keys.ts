import { z } from 'zod'
import type { Access } from '../../auth/index.ts'
import {
  ApiKey,
  ApiKeyList,
  ApiKeyWithSecret,
  CreateApiKeyBody,
  EmptyBody,
  ListApiKeysQuery,
  RotateApiKeyBody,
} from '../../protocol/index.ts'
import { accessRequestOf, operation, path } from '../operation.ts'
import type { App } from './app.ts'

const KeyPath = z.object({ key: path.key })

/** Keys of partner systems. */
export function addApiKeyRoutes(app: App, access: Access): void {
  addCreateApiKey(app, access)
  addRotateApiKey(app, access)

  app.get(
    '/v1/api-keys',
    operation(
      'listApiKeys',
      { tag: 'API keys', summary: 'List API keys', refusals: [] },
      { querystring: ListApiKeysQuery, response: { 200: ApiKeyList } },
    ),
    (request) => access.listApiKeys(accessRequestOf(request), request.query),
  )

  app.post(
    '/v1/api-keys/:key/revoke',
    operation(
      'revokeApiKey',
      {
        tag: 'API keys',
        summary: 'Revoke an API key, with all its secrets',
        description: 'At once on the server that is asked, within 5 seconds on all others.',
        refusals: ['key_unknown'],
        bodyOptional: true,
      },
      { params: KeyPath, body: EmptyBody, response: { 200: ApiKey } },
    ),
    (request) => access.revokeApiKey(accessRequestOf(request), request.params.key),
  )
}

function addCreateApiKey(app: App, access: Access): void {
  app.post(
    '/v1/api-keys',
    operation(
      'createApiKey',
      {
        tag: 'API keys',
        summary: 'Create an API key',
        description:
          'For a partner system, with what it may do (`scopes`) and for which shows (all of them ' +
          'without `shows`). The `secret` is in this answer only: we keep no more than its hash.',
        isLocated: false,
        refusals: ['idempotency_key_reused'],
        examples: {
          seller: { name: 'Web shop', scopes: ['sell'] },
          some: { name: 'Tour operator', scopes: ['sell', 'amend'], shows: ['avengers-2026-7pm'] },
        },
      },
      { body: CreateApiKeyBody, response: { 201: ApiKeyWithSecret } },
    ),
    async (request, reply) => {
      reply.code(201)
      return access.createApiKey(accessRequestOf(request), request.body)
    },
  )
}

function addRotateApiKey(app: App, access: Access): void {
  app.post(
    '/v1/api-keys/:key/rotate',
    operation(
      'rotateApiKey',
      {
        tag: 'API keys',
        summary: 'Give an API key a new secret',
        description:
          'The secrets that there are go on working for `overlapSeconds`, a day unless told ' +
          'otherwise, so that the partner can change over without a gap.',
        refusals: ['key_unknown', 'idempotency_key_reused'],
        bodyOptional: true,
        examples: { soon: { overlapSeconds: 3_600 }, leaked: { overlapSeconds: 0 } },
      },
      { params: KeyPath, body: RotateApiKeyBody, response: { 200: ApiKeyWithSecret } },
    ),
    (request) => access.rotateApiKey(accessRequestOf(request), request.params.key, request.body),
  )
}
