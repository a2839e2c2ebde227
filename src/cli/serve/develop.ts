import { join } from 'node:path'
import type { Access } from '../../auth/index.ts'
import type { Engine } from '../../engine/index.ts'
import { Refusal, SCOPES } from '../../protocol/index.ts'
import type { Configuration } from '../configuration/read-configuration.ts'
import { CLI_WRITE } from '../rowlock-stack.ts'
import { BY_CLI } from '../with-access.ts'
import { keep, readOwn, remove } from './own-file.ts'
import type { Running } from './shutdown.ts'

/** Things that `rowlock dev` has ready beside the server. */
export interface DevelopmentReady {
  /** An API key with every scope, the same at every start. */
  readonly testKey: string
  readonly forwardTo: string | null
  /** Secret that signs forwarded events, the same at every start; null when none are. */
  readonly webhookSecret: string | null
}

type Opened = Running & { readonly access: Access; readonly engine: Engine }

/** Makes, or finds from the last start, the test key and the webhook. Null for `rowlock serve`. */
export async function develop(
  { development }: Configuration,
  running: Opened,
): Promise<DevelopmentReady | null> {
  const { embedded, access, engine } = running
  if (development === null || embedded === undefined) return null
  const { forwardTo } = development
  return {
    testKey: await testKey(access, join(embedded.dataDir, 'test-key')),
    forwardTo,
    webhookSecret: await forward(engine, join(embedded.dataDir, 'test-webhook'), forwardTo),
  }
}

/** The database keeps only its hash, so the key is kept beside it. */
async function testKey(access: Access, path: string): Promise<string> {
  const kept = await readKept(path)
  if (kept !== null && (await isGood(access, kept))) return kept
  const { value } = await access.createApiKey(BY_CLI, { name: 'Test key', scopes: [...SCOPES] })
  await replace(path, value.secret)
  return value.secret
}

async function isGood(access: Access, key: string): Promise<boolean> {
  try {
    await access.identify({ authorization: `Bearer ${key}`, address: '127.0.0.1' })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unauthenticated') return false
    throw error
  }
}

/** One webhook, whose address may be another at each start; without one it is switched off. */
async function forward(engine: Engine, path: string, url: string | null): Promise<string | null> {
  const [id, secret] = (await readKept(path))?.split(' ') ?? []
  if (id !== undefined && secret !== undefined) {
    const change = url === null ? { disabled: true } : { url, disabled: false }
    const isThere = await engine.changeWebhook(CLI_WRITE, id, change).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Refusal && error.code === 'webhook_unknown') return false
        throw error
      },
    )
    if (isThere) return url === null ? null : secret
  }
  if (url === null) return null
  const { value } = await engine.createWebhook(CLI_WRITE, { url, description: 'rowlock dev' })
  await replace(path, `${value.id} ${value.secret}`)
  return value.secret
}

async function readKept(path: string): Promise<string | null> {
  try {
    return (await readOwn(path)).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function replace(path: string, secret: string): Promise<void> {
  await remove(path)
  await keep(path, secret)
}
