import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import {
  buildReport,
  type Display,
  type Emphasize,
  htmlReport,
  LineDisplay,
  LiveDisplay,
  type PlayedSale,
  pictureHouse,
  runStress,
  StageError,
  type StressSettings,
  textReport,
} from '../../../stress/index.ts'
import { exportPlan, generatePlan, PLAN_SHAPES, type PlanShapeName } from '../../plans/index.ts'
import { VERSION } from '../../runtime/index.ts'
import type { Ending } from '../exit-codes.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { watchSignals } from '../interruption.ts'
import { wholeOption } from '../options.ts'
import type { Context, Shell } from '../shell.ts'
import { describeMachine } from '../stress/machine.ts'
import { openStage, type StageOptions } from '../stress/open-stage.ts'
import type { Terminal } from '../terminal.ts'

interface StressOptions extends StageOptions {
  readonly show?: string
  readonly plan: PlanShapeName
  readonly seats: number
  readonly shoppers: number
  readonly seconds: number
  readonly sockets: number
  readonly seed?: string
  readonly report?: string
}

const EXAMPLES = `
Thousands of shoppers look at the map, crowd to the front, hold, abandon, pay late, pay twice,
extend, release, swap and cancel. Answers get lost, and shoppers retry. Every answer is then
compared with the database. Without --server it starts a durable database and
servers of its own, in a temporary directory.

Examples:
  rowlock stress --report sale.html
  rowlock stress --kill --shoppers 2000 --seats 1000 --seconds 120
  rowlock stress --server http://127.0.0.1:3000 --show avengers-2026-7pm

On servers that are already running, ROWLOCK_OPERATOR_KEY is needed to create
a show, to swap and cancel, and to read the journal.

Exit code 0: every promise was kept. 1: something was sold twice, or a promise was broken.`

/** `rowlock stress`. */
export function addStress(program: Command, shell: Shell): void {
  program
    .command('stress')
    .summary('play an on-sale and judge every answer')
    .description('Play an on-sale with thousands of shoppers, and judge every answer they got.')
    .option('--server <url>', 'a running server; repeatable', collect)
    .option('--servers <count>', 'number of servers to start (default: 2)', wholeOption(1, 16))
    .option('--database <url>', 'the database behind the servers (default: a temporary one)')
    .option('--show <key>', 'an existing show (default: a new one)')
    .addOption(
      new Option('--plan <shape>', 'kind of venue for the new show')
        .choices(PLAN_SHAPES)
        .default('theatre'),
    )
    .option('--seats <count>', 'seats in the new show', wholeOption(1, 80_000), 1_000)
    .option('--shoppers <count>', 'number of shoppers', wholeOption(1, 100_000), 2_000)
    .option('--seconds <seconds>', 'maximum length of the sale', wholeOption(5, 86_400), 120)
    .option('--sockets <count>', 'connections shared by all shoppers', wholeOption(1, 10_000), 256)
    .option('--seed <seed>', 'seed for every random decision (default: random)')
    .option('--kill', 'kill -9 a server and the database in the middle')
    .option('--report <file>', 'write an HTML report with charts')
    .addHelpText('after', helpText(EXAMPLES))
    .action((options: StressOptions, command: Command) =>
      shell.run(command, (context) => stress(context, options)),
    )
}

function collect(url: string, urls: readonly string[] = []): string[] {
  return [...urls, url]
}

async function stress(context: Context, options: StressOptions): Promise<Ending> {
  const { terminal } = context
  const settings = toSettings(options)
  const signals = watchSignals()
  const opening = openStage(context, options)
  const stop = async (keep: boolean) => {
    // What is half up cannot be taken down.
    const opened = await opening.catch(() => null)
    await opened?.stop(keep)
  }
  let isClean = true
  try {
    const { stage } = await signals.race(() => opening)
    if (stage.operatorKey === null && options.show === undefined) {
      throw new CommandError('usage', 'A new show needs ROWLOCK_OPERATOR_KEY; or give --show.')
    }
    terminal.note(`The seed is ${settings.seed}.`)
    const played = await signals.race(() => runStress(settings, stage, openDisplay(terminal)))
    isClean = played.verdict.isClean
    await tell(context, played, options.report)
    return isClean ? 'ok' : 'refused'
  } catch (error) {
    throw error instanceof StageError ? new CommandError('refused', error.message) : error
  } finally {
    await stop(!isClean)
  }
}

function toSettings(options: StressOptions): StressSettings {
  const { show, plan: shape, seats } = options
  return {
    shopperCount: options.shoppers,
    openSeconds: options.seconds,
    seed: options.seed ?? randomBytes(4).toString('hex'),
    isKilling: options.kill ?? false,
    socketsMax: options.sockets,
    sold: show === undefined ? generated(shape, seats) : { show },
  }
}

function generated(shape: PlanShapeName, seats: number): { name: string; source: unknown } {
  const plan = generatePlan({ shape, seats })
  return { name: plan.name, source: JSON.parse(exportPlan('rowlock', plan)) }
}

function openDisplay(terminal: Terminal): Display {
  const stream = terminal.progressStream
  return stream === null ? new LineDisplay((line) => terminal.note(line)) : new LiveDisplay(stream)
}

const LOOKS = { good: 'green', bad: 'red', title: 'bold' } as const

async function tell({ terminal }: Context, played: PlayedSale, file: string | undefined) {
  const report = buildReport(played, { version: VERSION, machine: describeMachine() })
  const emphasize: Emphasize = (look, text) => terminal.style(LOOKS[look], text)
  terminal.result(report, () => textReport(report, emphasize))
  if (file === undefined) return
  await writeFile(file, await htmlReport(report, pictureHouse(played)))
  terminal.note(`The report is in ${file}.`)
}
