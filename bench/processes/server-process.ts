/** One server, as `serve` composes it, but told what to do by its parent. */
import { setImmediate as turn } from 'node:timers/promises'
import type pg from 'pg'
import type { EngineSettings } from '../../src/engine/index.ts'
import { LIMITS_USUAL } from '../../src/server/index.ts'
import { openStack, type ServerStack } from '../../test/support/server-stack.ts'
import { answerParent } from './child.ts'
import { Pauses, type PausesQuestion } from './pauses.ts'

/** Questions to a server process. */
export type ServerQuestion =
  | {
      readonly kind: 'start'
      readonly target: pg.ClientConfig
      readonly operatorKey: string
      readonly engine: Partial<EngineSettings>
      /**
       * True when callers are limited, as they are where others than this machine reach a server.
       */
      readonly isLimited?: boolean
    }
  | { readonly kind: 'memory' }
  | PausesQuestion

/** Bytes in use after full garbage collections. */
export interface ServerMemory {
  readonly heap: number
  readonly external: number
  readonly rss: number
}

let stack: ServerStack | undefined
let pauses: Pauses | undefined

async function start(question: Extract<ServerQuestion, { kind: 'start' }>): Promise<number> {
  const { target, operatorKey, engine, isLimited = false } = question
  stack = await openStack({
    database: { target },
    access: { operatorKey },
    engine,
    server: {
      version: 'bench',
      allowsLoopbackWebhooks: true,
      limits: isLimited ? LIMITS_USUAL : null,
    },
  })
  return Number(new URL(stack.url).port)
}

/** Twice, because what buffers had is given back after a collection, beside other work. */
async function memory(): Promise<ServerMemory> {
  for (let n = 0; n < 2; n++) {
    globalThis.gc?.()
    await turn()
  }
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heap: heapUsed, external, rss }
}

async function answer(question: ServerQuestion): Promise<unknown> {
  switch (question.kind) {
    case 'start':
      return start(question)
    case 'memory':
      return memory()
    case 'watch-pauses':
      pauses = new Pauses()
      return null
    case 'pauses':
      return pauses?.end()
  }
}

answerParent(answer, async () => stack?.close(1000))
