import { randomBytes } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { createRandom } from '../../../rig/index.ts'
import {
  emptyTotals,
  FaultProxy,
  htmlReport,
  judge,
  type Mark,
  type Round,
  readHistory,
  runVerify,
  selfTest,
  selfTestText,
  type Totals,
  textReport,
  VerifyError,
  withVerdict,
} from '../../../verify/index.ts'
import { VERSION } from '../../runtime/index.ts'
import { LOOPBACK } from '../configuration/read-configuration.ts'
import type { Ending } from '../exit-codes.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { wholeOption } from '../options.ts'
import type { Context, Shell } from '../shell.ts'
import { runFaultCommand } from '../verify/run-fault-command.ts'

interface VerifyOptions {
  readonly url?: readonly string[]
  readonly key?: string
  readonly minutes: number
  readonly clients: number
  readonly round: number
  readonly seed?: string
  readonly proxy?: boolean
  readonly onFault?: string
  readonly keep?: boolean
  readonly report?: string
  readonly replay?: string
  readonly selfTest?: boolean
}

const EXAMPLES = `
Plays random shoppers on its own shows, records every attempt, and judges them
all by the journals: every answer matches its entry, one version and one
moment explain every refusal and read, one key has one effect, limits hold,
and nothing answered "busy" was done. The judge shares no code with the engine.
Use it on staging: it creates and cancels shows named verify-…, and creates
keys for partners.

Examples:
  rowlock verify --url http://127.0.0.1:3000 --minutes 5
  rowlock verify --url https://a.staging --url https://b.staging --minutes 60
  rowlock verify --url http://127.0.0.1:3000 --proxy --on-fault ./restart-one.sh
  rowlock verify --replay round-0007.ndjson
  rowlock verify --self-test

Without --key, ROWLOCK_OPERATOR_KEY is used. --proxy puts a bad network between
the clients and each server (http only).

Exit code 0: every promise was kept. 1: something cannot be explained; its
history is kept.`

/** `rowlock verify`. */
export function addVerify(program: Command, shell: Shell): void {
  program
    .command('verify')
    .summary('judge a running system from outside')
    .description('Play random shoppers on running servers, and judge every answer from outside.')
    .option('--url <url>', 'a server; repeatable', collect)
    .option('--key <key>', "the operator's key (default: ROWLOCK_OPERATOR_KEY)")
    .option('--minutes <minutes>', 'how long to run', wholeOption(1, 100_000), 1)
    .option('--clients <count>', 'concurrent shoppers', wholeOption(2, 1_000), 16)
    .option('--round <seconds>', 'length of each round', wholeOption(2, 600), 15)
    .option('--seed <seed>', 'seed for every random decision (default: random)')
    .option('--proxy', 'put a bad network between clients and servers')
    .option('--on-fault <command>', 'a shell command to run in the middle of every round')
    .option('--keep', 'keep every history, not only those with findings')
    .option('--report <file>', 'write an HTML report')
    .option('--replay <file>', 'only judge a saved history')
    .option('--self-test', 'only check that the judge finds planted lies')
    .addHelpText('after', helpText(EXAMPLES))
    .action((options: VerifyOptions, command: Command) =>
      shell.run(command, (context) => verify(context, options)),
    )
}

function collect(url: string, urls: readonly string[] = []): string[] {
  return [...urls, url]
}

async function verify(context: Context, options: VerifyOptions): Promise<Ending> {
  if (options.selfTest) return testItself(context)
  if (options.replay !== undefined) return replay(context, options.replay, options.report)
  try {
    const totals = await play(context, options)
    return await tell(context, totals, options.report)
  } catch (error) {
    throw error instanceof VerifyError ? new CommandError('refused', error.message) : error
  }
}

function testItself({ terminal }: Context): Ending {
  const result = selfTest()
  terminal.result(result, () => selfTestText(result, emphasizeOn(terminal)))
  return result.isGood ? 'ok' : 'refused'
}

async function replay(context: Context, path: string, report: string | undefined): Promise<Ending> {
  const history = await readHistory(path).catch((error: Error) => {
    throw new CommandError('usage', `${path} cannot be read as a history: ${error.message}`)
  })
  const totals = withVerdict(emptyTotals(history.run.seed), judge(history), path)
  return tell(context, totals, report)
}

async function play({ terminal, configuration }: Context, options: VerifyOptions): Promise<Totals> {
  const operatorKey = options.key ?? configuration.operatorKey
  const urls = options.url ?? []
  if (urls.length === 0) throw new CommandError('usage', 'Give at least one server with --url.')
  if (operatorKey === null) {
    throw new CommandError('usage', 'Give --key, or set ROWLOCK_OPERATOR_KEY.')
  }
  for (const url of urls) checkUrl(url, options.proxy ?? false)
  const seed = options.seed ?? randomBytes(4).toString('hex')
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-verify-'))
  terminal.note(`The seed is ${seed}.`)
  const network = await openNetwork(urls, options.proxy ?? false, seed)
  const { onFault } = options
  try {
    return await runVerify({
      urls: network.urls,
      operatorKey,
      seconds: options.minutes * 60,
      roundSeconds: options.round,
      clientCount: options.clients,
      seed,
      directory,
      keepsAll: options.keep ?? false,
      hookEvery: urls.every(isHere) ? 1 : Number.POSITIVE_INFINITY,
      onRound: (round, totals) => terminal.note(describeRound(round, totals)),
      disturb: async ({ endAt, mark }) => {
        network.listen(mark)
        if (onFault !== undefined) mark(await runFaultCommand(onFault, endAt))
      },
    })
  } finally {
    await network.close()
  }
}

function checkUrl(url: string, isProxied: boolean): void {
  const protocol = URL.parse(url)?.protocol ?? ''
  if (!/^https?:$/.test(protocol)) {
    throw new CommandError('usage', `--url ${url} is not a URL such as http://127.0.0.1:3000.`)
  }
  if (isProxied && protocol !== 'http:') {
    throw new CommandError('usage', '--proxy does not work with https; give http addresses.')
  }
}

/** Only servers on this machine can call a webhook of this process. */
function isHere(url: string): boolean {
  const { hostname = '' } = URL.parse(url) ?? {}
  return LOOPBACK.test(hostname.replace(/^\[|\]$/g, ''))
}

/** The servers, directly or each behind a bad network. */
async function openNetwork(urls: readonly string[], isBad: boolean, seed: string) {
  let listener: (mark: Mark) => void = () => {}
  const open = (target: string, index: number) =>
    FaultProxy.open({
      target,
      random: createRandom(`${seed}/network/${index}`),
      share: 0.03,
      onFault: (mark) => listener(mark),
    })
  const proxies = isBad ? await Promise.all(urls.map(open)) : []
  return {
    urls: isBad ? proxies.map(({ url }) => url) : urls,
    listen: (next: typeof listener) => {
      listener = next
    },
    close: async () => {
      await Promise.all(proxies.map((proxy) => proxy.close()))
    },
  }
}

function describeRound({ no, verdict, path }: Round, { counts }: Totals): string {
  const found = verdict.findings.length
  const about = `${verdict.counts.attempts} attempts, ${verdict.counts.entries} entries`
  const sum = `${counts.attempts.toLocaleString('en')} attempts so far`
  if (found === 0) return `Round ${no}: ${about}, nothing found; ${sum}.`
  return `Round ${no}: ${about}, ${found} FINDINGS, kept in ${path}; ${sum}.`
}

const LOOKS = { good: 'green', bad: 'red', title: 'bold' } as const

function emphasizeOn(terminal: Context['terminal']) {
  return (look: keyof typeof LOOKS, text: string) => terminal.style(LOOKS[look], text)
}

async function tell({ terminal }: Context, totals: Totals, file?: string): Promise<Ending> {
  terminal.result(totals, () => textReport(totals, emphasizeOn(terminal)))
  if (file !== undefined) {
    await writeFile(file, htmlReport(totals, { version: VERSION }))
    terminal.note(`The report is in ${file}.`)
  }
  return totals.findings.length === 0 && totals.counts.attempts > 0 ? 'ok' : 'refused'
}
