import { hash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../protocol/index.ts'

/**
 * Directory into which `npm run build:web` puts what browsers get; the same from the sources and
 * from a build.
 */
export const WEB_DIR: string = fileURLToPath(
  new URL('dist/web', import.meta.resolve('#package.json')),
)

/** A file as it is sent. */
interface WebFile {
  readonly modifiedAtMs: number
  readonly type: string
  readonly etag: string
  readonly body: Buffer
  readonly packed: Buffer
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.png': 'image/png',
}
/** Names as the build makes them. Nothing in them leads out of the directory. */
const NAME = /^(?:[A-Za-z0-9_-]+\/)*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+$/

const pack = promisify(gzip)

/**
 * The files of one directory, and of those below it, kept in memory and read anew when they are
 * built anew. They are few and small; a directory that is not there yet may come later.
 */
export class WebFiles {
  readonly #dir: string
  readonly #files = new Map<string, WebFile>()

  constructor(dir: string) {
    this.#dir = dir
  }

  /** Null for what is not there, or is not for browsers. */
  async find(name: string): Promise<WebFile | null> {
    const type = TYPES[extname(name)]
    if (type === undefined || !NAME.test(name)) return null
    const path = join(this.#dir, name)
    const stats = await stat(path).catch(() => null)
    if (!stats?.isFile()) return null
    const known = this.#files.get(name)
    if (known?.modifiedAtMs === stats.mtimeMs) return known
    const body = await readFile(path)
    const etag = `"${hash('sha256', body, 'base64url')}"`
    const file = { modifiedAtMs: stats.mtimeMs, type, etag, body, packed: await pack(body) }
    this.#files.set(name, file)
    return file
  }

  /** Answers with a file. Refusal: `route_unknown`. */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
    cacheControl: string,
  ): Promise<FastifyReply> {
    const file = await this.find(name)
    if (file === null) throw new Refusal('route_unknown')
    reply.headers({
      'cache-control': cacheControl,
      etag: file.etag,
      vary: 'accept-encoding',
    })
    if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
    reply.header('content-type', file.type)
    const isPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    if (isPacked) reply.header('content-encoding', 'gzip')
    return reply.send(isPacked ? file.packed : file.body)
  }
}
