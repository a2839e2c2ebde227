import { randomBytes } from 'node:crypto'
import { bind, withPatientReads } from '../calls/index.ts'
import type { Database } from '../db/index.ts'
import { LIMITS, newUuid } from '../protocol/index.ts'
import type { Access, FirstSignIn } from './access.ts'
import {
  type AccessAnswer,
  type AccessContext,
  call,
  pseudonymOfAddress,
  requireDone,
} from './access-context.ts'
import { createAuthenticator } from './authenticator.ts'
import { DatabaseClock } from './database-clock.ts'
import { emailKey } from './email-key.ts'
import { identify, isFamiliar } from './identify.ts'
import * as operations from './operations.ts'
import { type OnHash, Passwords } from './passwords.ts'
import { Recent } from './recent.ts'
import { hashOf, newDevice, newToken } from './secret-tokens.ts'
import { signInPath } from './users.ts'

/** Parts that access needs, and its choices. */
export interface AccessSettings {
  /** Migrated; closed by the caller, after access. */
  readonly database: Database
  /** Visible ASCII; whoever guesses it runs the house. */
  readonly operatorKey: string
  /** Choice of whether people may create themselves. Default `open`. */
  readonly registration?: 'open' | 'closed'
  /** Tells whether sign-ins and registrations are bounded per address just now. Default: always. */
  readonly limitAddresses?: () => boolean
  /** Milliseconds for which a look-up is used again; 5 seconds at most, and by default. */
  readonly rememberMs?: number
  /** Told of each password hash that is computed. */
  readonly onHash?: OnHash
}

const REMEMBERED_MAX = 50_000
const SECRET_BYTES = 32

/** Opens access on a database: reads, or makes, the secrets that all its servers share. */
export async function openAccess(settings: AccessSettings): Promise<Access> {
  const database = withPatientReads(settings.database, LIMITS.deadlineMs)
  const clock = new DatabaseClock()
  const rememberMaxMs = LIMITS.revocationSecondsMax * 1000
  const context: AccessContext = {
    database,
    clock,
    passwords: new Passwords(settings.onHash),
    recent: new Recent(
      Math.min(settings.rememberMs ?? rememberMaxMs, rememberMaxMs),
      REMEMBERED_MAX,
    ),
    goodKeys: new Set(),
    authenticateOperator: createAuthenticator(settings.operatorKey),
    permanent: await readPermanent(database),
    registration: settings.registration ?? 'open',
    limitAddresses: settings.limitAddresses ?? (() => true),
  }
  return operationsOf(context)
}

async function readPermanent(database: Database): Promise<Buffer> {
  const rows = await database.read<{ secret: Buffer }>(
    'select rowlock.keep_secret($1, $2) as secret',
    ['permanent', randomBytes(SECRET_BYTES)],
  )
  if (rows[0] === undefined) throw new Error('the database gave no secret')
  return rows[0].secret
}

function operationsOf(context: AccessContext): Access {
  return {
    identify: (credentials) => identify(context, credentials),
    isFamiliar: (credentials) => isFamiliar(context, credentials),
    deviceOf: ({ email }) => newDevice(context.permanent, emailKey(email ?? '')),
    pseudonymOf: (address) => pseudonymOfAddress(context, address),
    ...bind(context, operations),
    bootstrap: () => bootstrap(context),
    prune: (keepSeconds) => call<number>(context, 'prune_access', [`${keepSeconds} seconds`]),
    pruneAudit: async (keepSeconds) => {
      return Number(await call<string>(context, 'prune_audit', [`${keepSeconds} seconds`]))
    },
    forget: () => context.recent.forget(),
    // Nothing runs by itself: what is under way ends with whoever asked for it.
    close: async () => context.recent.forget(),
  }
}

async function bootstrap(context: AccessContext): Promise<FirstSignIn | null> {
  const token = newToken()
  const answer = await call<AccessAnswer>(context, 'bootstrap', [newUuid(), hashOf(token)])
  requireDone(answer)
  return answer.code === 'already' ? null : { token, path: signInPath(token) }
}
