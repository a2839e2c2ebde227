import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import type {
  Attempt,
  Delivery,
  Entry,
  FollowedLine,
  History,
  Line,
  Mark,
  RunFacts,
  ShowFacts,
  StreamEvent,
} from './history.ts'

/** Writes a history line by line as it happens: a run that is killed can still be judged. */
export class HistoryWriter {
  readonly #stream
  readonly path: string

  constructor(path: string) {
    this.path = path
    this.#stream = createWriteStream(path)
  }

  write(line: Line): void {
    this.#stream.write(`${JSON.stringify(line)}\n`)
  }

  async close(): Promise<void> {
    this.#stream.end()
    await finished(this.#stream)
  }
}

/** Gathers the lines of a history. Throws when there is no line that says what the run was. */
export function gather(lines: Iterable<Line>): History {
  let run: RunFacts | null = null
  const shows: ShowFacts[] = []
  const attempts: Attempt[] = []
  const events: StreamEvent[] = []
  const deliveries: Delivery[] = []
  const told = new Set<string>()
  const followed: FollowedLine[] = []
  const marks: Mark[] = []
  const journals = new Map<string, readonly Entry[]>()
  const heard = new Map<string, number>()
  for (const line of lines) {
    switch (line.line) {
      case 'run':
        run = line
        break
      case 'show':
        shows.push(line)
        break
      case 'attempt':
        attempts.push(line)
        break
      case 'event':
        events.push(line)
        break
      case 'delivery':
        deliveries.push(line)
        break
      case 'told':
        told.add(line.show)
        break
      case 'followed':
        followed.push(line)
        break
      case 'mark':
        marks.push(line)
        break
      case 'journal':
        journals.set(line.show, line.entries)
        break
      case 'heard':
        heard.set(line.show, line.version)
        break
    }
  }
  if (run === null) throw new Error('The history does not say what the run was.')
  attempts.sort((one, two) => one.startedAt - two.startedAt)
  return { run, shows, attempts, events, deliveries, told, followed, marks, journals, heard }
}

/** Reads a history that was kept. A last line that was cut off is passed over. */
export async function readHistory(path: string): Promise<History> {
  const lines: Line[] = []
  for await (const text of createInterface({ input: createReadStream(path) })) {
    try {
      lines.push(JSON.parse(text))
    } catch {
      break
    }
  }
  return gather(lines)
}
