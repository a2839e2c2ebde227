/**
 * A bad line between clients and servers, with a load balancer in it: every connection goes to some
 * server, and may be cut, fall silent or lose its answer at any byte. It knows nothing of HTTP.
 */
import { type Line, TcpProxy } from '../../rig/index.ts'

/**
 * Fate of a connection after so many bytes of answers.
 * - `cut`: both sides see it end.
 * - `stall`: nothing passes any more, and nobody is told.
 * - `eat`: the answers are swallowed from the first byte, then the client is cut.
 */
export interface Fate {
  readonly kind: 'cut' | 'stall' | 'eat'
  readonly afterBytes: number
}

/** Course of one connection. */
interface Course {
  readonly fate: Fate | null
  bytes: number
  isStalled: boolean
}

export class BadLine {
  /** Connections that met their fate. */
  faultCount = 0
  /** The ports of servers that take connections; may change at any time. */
  ports: number[]
  /** Decides over each new connection. */
  fateOf: () => Fate | null = () => null
  #proxy!: TcpProxy
  readonly #courses = new Map<Line, Course>()

  private constructor(ports: number[]) {
    this.ports = ports
  }

  /** In front of servers by their URLs; `pick` chooses among so many. */
  static async open(
    urls: readonly string[],
    pick: (count: number) => number = () => 0,
  ): Promise<BadLine> {
    const bad = new BadLine(urls.map((url) => Number(new URL(url).port)))
    bad.#proxy = await TcpProxy.open({
      target: () => {
        const port = bad.ports[pick(bad.ports.length)]
        return port === undefined ? null : { host: '127.0.0.1', port }
      },
      rules: (line) => bad.#rulesOf(line),
    })
    return bad
  }

  get url(): string {
    return this.#proxy.url
  }

  get openCount(): number {
    return this.#proxy.lines.size
  }

  /** From now on nothing passes on the connections there are. */
  stallAll(): void {
    for (const course of this.#courses.values()) course.isStalled = true
  }

  cutAll(): void {
    this.#proxy.cutAll()
  }

  async close(): Promise<void> {
    await this.#proxy.close()
  }

  #rulesOf(line: Line) {
    const course: Course = { fate: this.fateOf(), bytes: 0, isStalled: false }
    this.#courses.set(line, course)
    return {
      ask: (bytes: Buffer) => {
        if (!course.isStalled) line.ask(bytes)
      },
      answer: (bytes: Buffer) => this.#answer(line, course, bytes),
      // On a line that is silent, neither side hears of the other's end.
      end: () => {
        if (!course.isStalled) line.close()
        if (line.client.destroyed && line.server.destroyed) this.#courses.delete(line)
      },
    }
  }

  #answer(line: Line, course: Course, bytes: Buffer): void {
    if (course.isStalled || line.client.destroyed) return
    const { fate } = course
    const leftBytes = fate === null ? Number.POSITIVE_INFINITY : fate.afterBytes - course.bytes
    course.bytes += bytes.length
    if (fate?.kind !== 'eat') line.answer(bytes.subarray(0, leftBytes))
    if (bytes.length < leftBytes) return
    this.faultCount += 1
    if (fate?.kind === 'stall') course.isStalled = true
    else line.cut()
  }
}
