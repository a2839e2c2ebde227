import type { Command } from 'commander'
import { type Configuration, readConfiguration } from './configuration/read-configuration.ts'
import type { Ending } from './exit-codes.ts'
import { Terminal, type World } from './terminal.ts'

/** Parts that the action of a command works with. */
export interface Context {
  readonly terminal: Terminal
  readonly configuration: Configuration
  readonly world: World
}

/** Runs the action that the command line asks for, and keeps how it ended. */
export class Shell {
  readonly #world: World
  #terminal: Terminal
  #ending: Ending = 'ok'

  constructor(world: World) {
    this.#world = world
    this.#terminal = new Terminal(world, { json: world.argv.includes('--json') })
  }

  /** Terminal that errors are told on. */
  get terminal(): Terminal {
    return this.#terminal
  }

  /** Ending of the action; `ok` when there was none. */
  get ending(): Ending {
    return this.#ending
  }

  /**
   * Reads the configuration, which throws `ConfigurationError`, then does the work; no ending
   * means `ok`.
   */
  async run(command: Command, work: (context: Context) => Promise<Ending | undefined>) {
    this.#terminal = new Terminal(this.#world, command.optsWithGlobals())
    const configuration = readConfiguration(this.#world.environment)
    const context = { terminal: this.#terminal, configuration, world: this.#world }
    this.#ending = (await work(context)) ?? 'ok'
  }
}

/** The context of a command that was told its port; without one it is that of the environment. */
export function onPort(context: Context, port: number | undefined): Context {
  if (port === undefined) return context
  return { ...context, configuration: { ...context.configuration, port } }
}
