import { type Answer, badCursor, identifyWrite } from '../calls/index.ts'
import {
  type ApiKey,
  type ApiKeyList,
  type ApiKeyWithSecret,
  type ChangeApiKeyBody,
  type CreateApiKeyBody,
  fromPublicId,
  type ListApiKeysQuery,
  newUuid,
  Refusal,
  type RotateApiKeyBody,
  type Scope,
  toPublicId,
} from '../protocol/index.ts'
import {
  type AccessAnswer,
  type AccessContext,
  actorOf,
  answerOf,
  call,
  requireDone,
  toInstant,
  toInstantOrNull,
  writeOf,
} from './access-context.ts'
import type { AccessRequest } from './access-request.ts'
import { hashOf, keySecretOf, tokenOf } from './secret-tokens.ts'

interface KeyRow {
  readonly key_id: string
  readonly name: string
  readonly scopes: Scope[]
  readonly shows: string[] | null
  readonly secrets: readonly { prefix: string; createdAt: number; expiresAt: number | null }[]
  readonly created_at: Date
  readonly created_by: string
  readonly expires_at: Date | null
  readonly last_used_at: Date | null
  readonly revoked_at: Date | null
}

interface KeyAnswer extends AccessAnswer {
  readonly keyId: string
}

const SELECT_KEY = 'select known.* from rowlock.partner_keys as known'

/** Creates a key; its secret is in this answer, and in those to the same request, only. */
export async function createApiKey(
  context: AccessContext,
  request: AccessRequest,
  body: CreateApiKeyBody,
): Promise<Answer<ApiKeyWithSecret>> {
  const { prefix, secret } = keySecretOf(tokenOf(context.permanent, request, 'createApiKey'))
  const { requestId, fingerprint } = identifyWrite(writeOf(request), 'createApiKey', [], body)
  const answer = await call<KeyAnswer>(context, 'create_api_key', [
    requestId,
    fingerprint,
    actorOf(context, request),
    request.traceId,
    JSON.stringify({ ...body, keyId: newUuid(), prefix }),
    hashOf(secret),
  ])
  requireDone(answer)
  return answerOf(answer, { ...(await readApiKey(context, answer.keyId)), secret })
}

/** Gives a key a new secret beside those it has. Refusal: `key_unknown`, also when revoked. */
export async function rotateApiKey(
  context: AccessContext,
  request: AccessRequest,
  key: string,
  body: RotateApiKeyBody,
): Promise<Answer<ApiKeyWithSecret>> {
  const keyId = keyIdOf(key)
  const { prefix, secret } = keySecretOf(tokenOf(context.permanent, request, 'rotateApiKey'))
  const { requestId, fingerprint } = identifyWrite(writeOf(request), 'rotateApiKey', [key], body)
  const answer = await call<KeyAnswer>(context, 'rotate_api_key', [
    requestId,
    fingerprint,
    actorOf(context, request),
    request.traceId,
    keyId,
    prefix,
    hashOf(secret),
    `${body.overlapSeconds} seconds`,
  ])
  context.recent.forget()
  requireDone(answer)
  return answerOf(answer, { ...(await readApiKey(context, keyId)), secret })
}

/** Renames a key, revoked or not: the audit log is read by names. Refusal: `key_unknown`. */
export async function changeApiKey(
  context: AccessContext,
  request: AccessRequest,
  key: string,
  body: ChangeApiKeyBody,
): Promise<ApiKey> {
  const keyId = keyIdOf(key)
  const actor = actorOf(context, request)
  const changes = JSON.stringify(body)
  requireDone(await call(context, 'change_api_key', [actor, request.traceId, keyId, changes]))
  return readApiKey(context, keyId)
}

/** Ends a key for ever; doing it again changes nothing. Refusal: `key_unknown`. */
export async function revokeApiKey(
  context: AccessContext,
  request: AccessRequest,
  key: string,
): Promise<ApiKey> {
  const keyId = keyIdOf(key)
  const actor = actorOf(context, request)
  const answer = await call(context, 'revoke_api_key', [actor, request.traceId, keyId])
  context.recent.forget()
  requireDone(answer)
  return readApiKey(context, keyId)
}

/** Keys in the order of their ids; the cursor is the last id of the page before. */
export async function listApiKeys(
  context: AccessContext,
  _request: AccessRequest,
  query: ListApiKeysQuery,
): Promise<ApiKeyList> {
  const after = query.cursor === undefined ? null : fromPublicId('key', query.cursor)
  if (query.cursor !== undefined && after === null) throw badCursor()
  const rows = await context.database.read<KeyRow & Record<string, unknown>>(
    `${SELECT_KEY}
     where $1::uuid is null or known.key_id > $1
     order by known.key_id
     limit $2`,
    [after, query.limit + 1],
  )
  const items = rows.slice(0, query.limit).map(toApiKey)
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null }
}

/** A key, revoked or not. Refusal: `key_unknown`. */
export function getApiKey(
  context: AccessContext,
  _request: AccessRequest,
  key: string,
): Promise<ApiKey> {
  return readApiKey(context, keyIdOf(key))
}

/** The key of this UUID. Refusal: `key_unknown`. */
export async function readApiKey(context: AccessContext, keyId: string): Promise<ApiKey> {
  const rows = await context.database.read<KeyRow & Record<string, unknown>>(
    `${SELECT_KEY} where known.key_id = $1`,
    [keyId],
  )
  if (rows[0] === undefined) throw new Refusal('key_unknown')
  return toApiKey(rows[0])
}

function toApiKey(row: KeyRow): ApiKey {
  return {
    id: toPublicId('key', row.key_id),
    name: row.name,
    prefix: row.secrets[0]?.prefix ?? '',
    scopes: row.scopes,
    shows: row.shows,
    secrets: row.secrets.map(({ prefix, createdAt, expiresAt }) => {
      return { prefix, createdAt: toInstant(createdAt), expiresAt: toInstantOrNull(expiresAt) }
    }),
    createdAt: toInstant(row.created_at),
    createdBy: row.created_by,
    expiresAt: toInstantOrNull(row.expires_at),
    lastUsedAt: toInstantOrNull(row.last_used_at),
    revokedAt: toInstantOrNull(row.revoked_at),
  }
}

function keyIdOf(key: string): string {
  const keyId = fromPublicId('key', key)
  if (keyId === null) throw new Refusal('key_unknown')
  return keyId
}
