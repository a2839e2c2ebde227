/** A line of text that shows how a show sells, live, until it is sold out or the signal aborts. */
import { createClient } from '../src/client/index.ts'

const BAR = 40

/** Calls `show` with a new line after each change. Survives restarts and lost connections. */
export async function watchAShow(
  server: string,
  key: string,
  print: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const watch = createClient({ server }).watchShow(key, {
    ...(signal && { signal }),
    onConnection: ({ status, retryInMs }) => {
      if (status === 'waiting') print(`Connection lost; again in ${retryInMs} ms …`)
    },
  })
  for await (const { counts, version } of watch) {
    const bar = [counts.booked, counts.held, counts.blocked]
      .map((count, index) => '#+x'.charAt(index).repeat(Math.round((BAR * count) / counts.total)))
      .join('')
    print(`${bar.padEnd(BAR, '.')} ${counts.available} of ${counts.total} left (v${version})`)
    if (counts.booked + counts.blocked === counts.total) break
  }
  watch.close()
}
