import { pino } from 'pino'
import type { LimitSettings } from '../../../src/server/index.ts'
import type { TestDatabase } from '../../support/database.ts'
import { type ListeningServer, listen } from '../../support/servers.ts'
import { PASSWORD } from './stage.ts'

/** A server that keeps what it logs, to be looked at afterwards. */
export interface FuzzedServer extends ListeningServer {
  /** Lines of the log that nobody should have to see: mistakes of ours, and secrets. */
  logOffences(): string[]
}

/** Texts that must not stand in any log. */
const SECRETS = [PASSWORD, 'Bearer ', 'rlp_A', 'eyJ']
const KEPT_MAX = 50
const MANY = 1_000_000_000
/** Everything is counted, as in production, and nothing but held seats is ever too much. */
const LIMITS: LimitSettings = {
  requests: { anonymous: MANY, user: MANY, partner: MANY, boxOffice: MANY },
  failedCredentials: MANY,
  heldSeatsMax: 60,
  streamsPerClient: MANY,
  pages: MANY,
  readsPerClient: MANY,
}

/** Starts one that is strict about its answers. */
export async function listenFuzzed(database: TestDatabase): Promise<FuzzedServer> {
  const offences: string[] = []
  const write = (line: string) => {
    const isSecret = SECRETS.some((secret) => line.includes(secret))
    const isOurs = Number(/"level":(\d+)/.exec(line)?.[1]) >= 50
    if ((isSecret || isOurs) && offences.length < KEPT_MAX) offences.push(line.slice(0, 2_000))
  }
  const logger = pino({ level: 'info' }, { write })
  const server = await listen(database, { logger, limits: LIMITS })
  return { ...server, logOffences: () => offences }
}
