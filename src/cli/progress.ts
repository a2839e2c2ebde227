import { Presets, SingleBar } from 'cli-progress'
import type { Terminal } from './terminal.ts'

/** Below this many steps, work is over before a bar can be read. */
const STEPS_MIN = 5

/** Does something for each item in turn, with a bar on a terminal where that takes a while. */
export async function forEachWithProgress<Item>(
  terminal: Terminal,
  what: string,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const stream = items.length >= STEPS_MIN ? terminal.progressStream : null
  const bar = stream === null ? null : openBar(what, stream)
  bar?.start(items.length, 0)
  try {
    for (const item of items) {
      await work(item)
      bar?.increment()
    }
  } finally {
    bar?.stop()
  }
}

function openBar(what: string, stream: NodeJS.WriteStream): SingleBar {
  return new SingleBar(
    {
      format: `${what} {bar} {value}/{total}`,
      barsize: 30,
      stream,
      clearOnComplete: true,
      hideCursor: true,
      linewrap: null,
    },
    Presets.shades_classic,
  )
}
