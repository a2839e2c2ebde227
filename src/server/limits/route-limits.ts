import type {
  FastifyInstance,
  onRequestHookHandler,
  preHandlerHookHandler,
  RouteHandlerMethod,
} from 'fastify'
import type { OperationSpec } from '../../protocol/operations/index.ts'
import type { Limits } from './limits.ts'
import { seatPriceOf } from './price.ts'

/** Paths that are asked every few seconds by those who watch a server, and must get through. */
const UNCOUNTED: ReadonlySet<string> = new Set(['/health/live', '/health/ready'])

/** Pages, files and figures that take more than a millisecond, in units of the wide budget. */
const PAGE_UNITS: Readonly<Record<string, number>> = {
  '/metrics': 5,
  '/metrics/shows': 20,
  '/openapi.json': 3,
  '/docs/json': 3,
  '/docs/yaml': 30,
  '/docs/static/*': 8,
}

/** Counts what is no operation, by address. */
export function countPage(limits: Limits, url: string): onRequestHookHandler {
  const units = PAGE_UNITS[url] ?? 1
  if (UNCOUNTED.has(url)) return (_request, _reply, done) => done()
  return (request, reply, done) => {
    try {
      limits.active?.rates.countPage(request, reply, units)
      done()
    } catch (error) {
      done(error as Error)
    }
  }
}

/** Counts the seats that a body asks for, before anything is done for them. */
export function countSeats(limits: Limits, spec: OperationSpec): preHandlerHookHandler[] {
  if (spec.isPricedBySize !== true) return []
  return [
    (request, reply, done) => {
      const units = seatPriceOf(spec, request.body)
      try {
        if (units > 0) limits.active?.rates.count(request, reply, units)
        done()
      } catch (error) {
        done(error as Error)
      }
    },
  ]
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Reads for a client when its turn at the read pool comes, as handlers do from the start. */
    readInTurn: <Value>(client: string, read: () => Promise<Value>) => Promise<Value>
  }
}

/** Makes what comes after the first part of a long answer wait its turn, too. */
export function addTurns(app: FastifyInstance, limits: Limits): void {
  app.decorate('readInTurn', (client, read) => limits.active?.reads.run(client, read) ?? read())
}

/** The handler, when its caller's turn at the read pool comes. */
export function inTurn(limits: Limits, handler: RouteHandlerMethod): RouteHandlerMethod {
  return function handleInTurn(request, reply) {
    const handle = () => handler.call(this, request, reply)
    const { active } = limits
    return active === null ? handle() : active.reads.run(request.client, handle)
  }
}
