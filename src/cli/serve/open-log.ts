import { type DestinationStream, destination, type Logger, pino } from 'pino'
import pretty from 'pino-pretty'
import type { World } from '../terminal.ts'

/** The log of a server, and how to empty its buffer before the process ends. */
export interface Log {
  readonly logger: Logger
  flush(): void
}

const STDERR = 2

/**
 * We write no headers and no bodies. What a library hands over along with an error, or somebody
 * writes in a hurry, must not bring credentials along either.
 */
const SECRETS = ['authorization', 'cookie', '["set-cookie"]']
const REDACTED = SECRETS.flatMap((name) => {
  const step = name.startsWith('[') ? name : `.${name}`
  return ['headers', 'req.headers', 'res.headers', 'err.headers'].map((path) => path + step)
})

/** JSON lines on standard error; on a terminal, lines for people. */
export function openLog(level: string, { stderr }: World): Log {
  if (stderr.isTTY) {
    const stream = pretty({
      destination: STDERR,
      colorize: stderr.hasColors(),
      ignore: 'pid,hostname',
      singleLine: true,
      translateTime: 'HH:MM:ss',
      sync: true,
    })
    return { logger: openLogger(level, stream), flush: () => {} }
  }
  const stream = destination({ dest: STDERR, sync: false })
  // Whoever read the log has gone; the server has not.
  stream.on('error', () => {})
  return { logger: openLogger(level, stream), flush: () => flushQuietly(stream) }
}

function openLogger(level: string, stream: DestinationStream): Logger {
  return pino({ level, redact: { paths: REDACTED, censor: '(not told)' } }, stream)
}

function flushQuietly(stream: ReturnType<typeof destination>): void {
  try {
    stream.flushSync()
  } catch {
    // Nobody reads it any more.
  }
}
