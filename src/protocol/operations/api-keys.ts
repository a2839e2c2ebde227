import {
  ApiKey,
  ApiKeyList,
  ApiKeyWithSecret,
  ChangeApiKeyBody,
  CreateApiKeyBody,
  EmptyBody,
  ListApiKeysQuery,
  RotateApiKeyBody,
} from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { OPERATORS } from './roles.ts'

/** Keys of partner systems. */
export const API_KEY_OPERATIONS = {
  createApiKey: {
    method: 'POST',
    path: '/v1/api-keys',
    tag: 'API keys',
    summary: 'Create an API key',
    description:
      'For a partner system: what it may do (`scopes`), and for which shows (all, if you leave ' +
      'out `shows`). You see the `secret` only in this answer: we keep only its hash.',
    by: 'access',
    roles: OPERATORS,
    body: CreateApiKeyBody,
    answers: { 201: ApiKeyWithSecret },
    refusals: [],
    examples: {
      seller: { name: 'Web shop', scopes: ['sell'] },
      some: { name: 'Tour operator', scopes: ['sell', 'amend'], shows: ['avengers-2026-7pm'] },
    },
  },
  listApiKeys: {
    method: 'GET',
    path: '/v1/api-keys',
    tag: 'API keys',
    summary: 'List API keys',
    by: 'access',
    roles: OPERATORS,
    query: ListApiKeysQuery,
    answers: { 200: ApiKeyList },
    refusals: [],
  },
  getApiKey: {
    method: 'GET',
    path: '/v1/api-keys/{key}',
    tag: 'API keys',
    summary: 'Get an API key',
    description: 'What it may do, when it was last used, and how its secrets begin.',
    by: 'access',
    roles: OPERATORS,
    answers: { 200: ApiKey },
    refusals: ['key_unknown'],
  },
  changeApiKey: {
    method: 'PATCH',
    path: '/v1/api-keys/{key}',
    tag: 'API keys',
    summary: 'Rename an API key',
    description:
      'Its scopes and shows stay as they are: if a partner needs more, create another key and ' +
      'revoke this one. Repeating the call has the same effect.',
    by: 'access',
    roles: OPERATORS,
    isKeyed: false,
    body: ChangeApiKeyBody,
    answers: { 200: ApiKey },
    refusals: ['key_unknown'],
    examples: { example: { name: 'Web shop, live' } },
  },
  rotateApiKey: {
    method: 'POST',
    path: '/v1/api-keys/{key}/rotate',
    tag: 'API keys',
    summary: 'Rotate the secret of an API key',
    description:
      'Existing secrets keep working for `overlapSeconds` (a day by default), so that the ' +
      'partner can switch without a gap.',
    by: 'access',
    roles: OPERATORS,
    body: RotateApiKeyBody,
    bodyOptional: true,
    answers: { 200: ApiKeyWithSecret },
    refusals: ['key_unknown'],
    examples: { soon: { overlapSeconds: 3600 }, leaked: { overlapSeconds: 0 } },
  },
  revokeApiKey: {
    method: 'POST',
    path: '/v1/api-keys/{key}/revoke',
    tag: 'API keys',
    summary: 'Revoke an API key and all its secrets',
    description: 'At once on the server you call, within 5 seconds on all others.',
    by: 'access',
    roles: OPERATORS,
    isKeyed: false,
    body: EmptyBody,
    bodyOptional: true,
    answers: { 200: ApiKey },
    refusals: ['key_unknown'],
  },
} as const satisfies OperationTable
