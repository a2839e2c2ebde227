import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Feed } from '../../feed/index.ts'
import { writeAtOnce } from '../event-stream.ts'
import type { StreamsPerClient } from '../limits/streams-per-client.ts'
import { route } from '../route.ts'
import type { App } from './app.ts'

const VERSION = /^\d{1,15}$/

/** Adds the streams: what becomes of a show's seats, told as it happens. */
export function addStreamRoutes(app: App, feed: Feed, streams: StreamsPerClient): void {
  route(
    app,
    'streamShow',
    async (request, reply) => {
      const after = lastSeen(request.headers['last-event-id'], request.query.after)
      const giveBack = streams.take(request.client)
      try {
        await feed.join(request.params.show, after, () =>
          openStream(request, reply).once('close', giveBack),
        )
      } catch (error) {
        giveBack()
        throw error
      }
    },
    {
      // A stream has no length to tell, and its head alone would never end.
      exposeHeadRoute: false,
    },
  )
}

/** A browser that resumes repeats the address it began with, so the header knows better. */
function lastSeen(header: string | string[] | undefined, after: number | undefined): number | null {
  return typeof header === 'string' && VERSION.test(header) ? Number(header) : (after ?? null)
}

/** Takes the answer over from the framework, with the headers that others have set. */
function openStream(request: FastifyRequest, reply: FastifyReply): FastifyReply['raw'] {
  reply.hijack()
  const { socket } = request.raw
  socket.setNoDelay(true)
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // A connection that has carried a stream is not used again: it ends when we close.
    connection: 'close',
    'x-accel-buffering': 'no',
  })
  return writeAtOnce(reply.raw, socket)
}
