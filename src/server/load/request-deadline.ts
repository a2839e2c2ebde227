import type { FastifyRequest, onRequestHookHandler, preHandlerHookHandler } from 'fastify'
import { withDeadline } from '../../calls/index.ts'
import type { LoopLag } from './loop-lag.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Instant by which it must be answered, in milliseconds of `performance.now()`. */
    deadlineAt: number
    /** Since when nothing but its body was missing. */
    waitsForBodyAt: number
  }
}

/**
 * A request has one deadline, from when it arrived: what it waited to be read counts, and every
 * look-up and write of it keeps to what is left. The time that a client takes to send a body does
 * not count: a large seating plan over a slow line takes a while.
 */
export function deadlineFrom(
  lag: Pick<LoopLag, 'latestMs'>,
  withinMs: number,
  first: onRequestHookHandler,
): onRequestHookHandler {
  return function begin(request, reply, done) {
    request.deadlineAt = (request.raw.arrivedAt ?? performance.now()) - lag.latestMs + withinMs
    const work = () =>
      first.call(this, request, reply, (error) => {
        request.waitsForBodyAt = performance.now()
        done(error)
      })
    withDeadline(request.deadlineAt, work, request.trace)
  }
}

/** The second half: carries the handler out within what is left. */
export function withinDeadline(lag: Pick<LoopLag, 'latestMs'>): preHandlerHookHandler {
  return (request, _reply, done) => {
    withDeadline(request.deadlineAt + bodyMs(request, lag.latestMs), done, request.trace)
  }
}

function bodyMs(request: FastifyRequest, lagMs: number): number {
  return Math.max(0, performance.now() - request.waitsForBodyAt - lagMs)
}
