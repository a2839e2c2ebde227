import type { Attempt, JsonObject, Line, PageAsked } from '../../verify/history/history.ts'
import { gather } from '../../verify/history/history-file.ts'
import type { Finding } from '../../verify/judge/finding.ts'
import { judge } from '../../verify/judge/judge.ts'
import { askForEvents } from '../../verify/record/event-follower.ts'
import { Recorder } from '../../verify/record/recorder.ts'
import { SHOW_SPECS } from '../../verify/record/show-specs.ts'
import { type ShowSpec, Stage } from '../../verify/record/stage.ts'
import { now, Wire } from '../../verify/record/wire.ts'
import { OPERATOR_KEY } from '../support/servers.ts'

/** A show for controls: one request after the other, so that nothing depends on luck. */
export class ControlShow {
  readonly #wires: readonly Wire[]
  readonly #stage: Stage
  readonly #show: string
  readonly #recorder: Recorder
  readonly #lines: Line[]
  #keys = 0

  private constructor(wires: readonly Wire[], stage: Stage, show: string, lines: Line[]) {
    this.#wires = wires
    this.#stage = stage
    this.#show = show
    this.#lines = lines
    this.#recorder = new Recorder(wires, (line) => lines.push(line))
  }

  /** Makes the show on two servers. */
  static async open(urls: readonly string[]): Promise<ControlShow> {
    const wires = urls.map((url) => new Wire(url, 8))
    const name = `control-${Date.now()}`
    const stage = new Stage(wires, OPERATOR_KEY, name)
    const startedAt = now()
    const staff = await stage.staffActors()
    const show = await stage.makeShow(name, SHOW_SPECS[0] as ShowSpec)
    const run = { line: 'run', seed: name, servers: urls, staff, startedAt } as const
    return new ControlShow(wires, stage, show.key, [run, show])
  }

  /**
   * One request of the desk: writes go to the first server, and reads to the second, which has no
   * picture of the show that it could believe instead of the database.
   */
  ask(
    operation: Attempt['operation'],
    path: string,
    body: JsonObject | null = null,
  ): Promise<Attempt> {
    this.#keys += 1
    const isRead = body === null
    return this.#recorder.attempt(
      {
        caller: this.#stage.desk,
        operation,
        method: isRead ? 'GET' : 'POST',
        path: `/v1/shows/${this.#show}/${path}`,
        show: this.#show,
        target: null,
        key: isRead ? null : `request-${this.#keys}-of-${this.#show}`,
        body,
      },
      isRead ? 1 : 0,
    )
  }

  /** A page of events, as the desk reads it. */
  readPage(page: PageAsked): Promise<Attempt> {
    return this.#recorder.attempt(askForEvents(this.#stage.desk, this.#show, page), 1)
  }

  /** Tells what the judge finds in all of it. */
  async judge(): Promise<readonly Finding[]> {
    const entries = await this.#stage.journal(this.#show)
    for (const wire of this.#wires) wire.close()
    return judge(gather([...this.#lines, { line: 'journal', show: this.#show, entries }])).findings
  }
}
