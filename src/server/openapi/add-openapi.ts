import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { matches } from '../answers.ts'
import type { App } from '../routes/app.ts'

/** Beside the package's manifest, in the sources as well as in a build. */
const FILE = new URL('openapi.json', import.meta.resolve('#package.json'))

/**
 * Serves the API's description at `/openapi.json`: the file of this version, which a check compares
 * with what the routes describe. Describing them at each start took a tenth of it.
 */
export function addOpenapi(app: App): void {
  let document: Promise<{ text: string; etag: string }> | undefined
  app.get('/openapi.json', async (request, reply) => {
    document ??= readDocument()
    const { text, etag } = await document
    reply.headers({
      etag,
      'cache-control': 'no-cache',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-type': 'application/json; charset=utf-8',
    })
    if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send()
    return reply.send(text)
  })
}

/** The file is laid out for people; what is sent is not. */
async function readDocument(): Promise<{ text: string; etag: string }> {
  const text = JSON.stringify(JSON.parse(await readFile(FILE, 'utf8')))
  return { text, etag: `"${hash('sha256', text, 'base64url').slice(0, 22)}"` }
}
