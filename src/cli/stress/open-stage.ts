import type { Stage } from '../../../stress/index.ts'
import { CommandError } from '../failure.ts'
import type { Context } from '../shell.ts'
import { checkOn } from './check-on.ts'
import { openOwnStage } from './own-stage.ts'

/** Servers to play on, as the command line names them. */
export interface StageOptions {
  readonly server?: readonly string[]
  readonly servers?: number
  readonly database?: string
  readonly kill?: boolean
}

/** A stage, and how to take it down; `keep` leaves what there is to look for. */
export interface OpenedStage {
  readonly stage: Stage
  stop(keep: boolean): Promise<void>
}

const SERVERS_USUAL = 2

/** Servers of somebody else where they are named, or else our own. */
export async function openStage(context: Context, options: StageOptions): Promise<OpenedStage> {
  const { server: urls = [], database = null } = options
  if (urls.length > 0) return openForeignStage(context, urls, options)
  const { terminal, world } = context
  const stage = await openOwnStage({
    serverCount: options.servers ?? SERVERS_USUAL,
    databaseUrl: database,
    environment: world.environment,
    log: (text) => terminal.note(text),
  })
  const stop = async (keep: boolean) => {
    await stage.stop(keep)
    if (keep) terminal.warn(`Logs, and the database if it was our own, are in ${stage.directory}.`)
  }
  return { stage, stop }
}

function openForeignStage(
  { configuration }: Context,
  urls: readonly string[],
  { servers, database, kill }: StageOptions,
): OpenedStage {
  const refuse = (message: string) => new CommandError('usage', message)
  if (servers !== undefined) throw refuse('--servers starts servers; --server names running ones.')
  if (kill) throw refuse('--kill is for servers of our own: leave --server out.')
  for (const url of urls) {
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
      throw refuse(`--server ${url} is not a URL such as http://127.0.0.1:3000.`)
    }
  }
  const stage: Stage = {
    servers: urls.map((url) => url.replace(/\/+$/, '')),
    operatorKey: configuration.operatorKey,
    own: null,
    check: database === undefined ? null : (show) => checkOn(database, show),
  }
  return { stage, stop: async () => {} }
}
