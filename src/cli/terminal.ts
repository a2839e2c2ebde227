import type { ReadStream, WriteStream } from 'node:tty'
import { styleText } from 'node:util'

/** Looks of text. */
export type Look = Parameters<typeof styleText>[0]

/** The process, as far as commands see it. */
export interface World {
  readonly argv: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly stdin: ReadStream
  readonly stdout: WriteStream
  readonly stderr: WriteStream
}

const COLUMNS_WITHOUT_TERMINAL = 1_000

/**
 * Output of a command: results go to standard output, all else to standard error, so that `rowlock
 * … --json | jq` gets nothing but JSON.
 */
export class Terminal {
  readonly #world: World
  readonly isJson: boolean
  readonly #isQuiet: boolean

  constructor(world: World, options: { json?: boolean; quiet?: boolean } = {}) {
    this.#world = world
    this.isJson = options.json ?? false
    this.#isQuiet = options.quiet ?? false
  }

  /** Width of the terminal; without one, nothing has to fit. */
  get columns(): number {
    const { stdout } = this.#world
    return stdout.isTTY ? stdout.columns || 80 : COLUMNS_WITHOUT_TERMINAL
  }

  /** True when there is somebody to ask. */
  get isInteractive(): boolean {
    return Boolean(this.#world.stdin.isTTY && this.#world.stderr.isTTY)
  }

  /** Streams that questions are asked and answered on. */
  get conversation(): { input: ReadStream; output: WriteStream } {
    return { input: this.#world.stdin, output: this.#world.stderr }
  }

  /** A part of the result, for people or as it is (a file that is exported). */
  print(text: string): void {
    this.#world.stdout.write(`${text}\n`)
  }

  /** The result: JSON where it was asked for, else what `human` makes of it. */
  result(value: unknown, human: () => string): void {
    this.print(this.isJson ? JSON.stringify(value) : human())
  }

  /** Tells what is going on; nobody misses it. */
  note(text: string): void {
    if (!this.#isQuiet) this.complain(this.styleError('dim', text))
  }

  /** Tells what somebody should know. */
  warn(text: string): void {
    this.complain(`${this.styleError('yellow', 'Warning:')} ${text}`)
  }

  /** A line on standard error. */
  complain(text: string): void {
    this.#world.stderr.write(`${text}\n`)
  }

  /** Text for standard output; plain with NO_COLOR, and where no terminal shows it. */
  style(look: Look, text: string): string {
    return styleText(look, text, { stream: this.#world.stdout })
  }

  /** Text for standard error. */
  styleError(look: Look, text: string): string {
    return styleText(look, text, { stream: this.#world.stderr })
  }

  /** A stream for progress bars, or null where nobody looks at them. */
  get progressStream(): WriteStream | null {
    const { stderr } = this.#world
    return stderr.isTTY && !this.#isQuiet && !this.isJson ? stderr : null
  }
}
