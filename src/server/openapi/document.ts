import type { Access } from '../../auth/index.ts'
import type { Engine } from '../../engine/index.ts'
import type { WatchedDatabase } from '../metrics-database.ts'
import { createServer } from '../server.ts'

/** The OpenAPI document of this version of Rowlock, without serving anything. */
export async function openapiDocument(version: string): Promise<Record<string, unknown>> {
  // What serving never needs is not loaded with the rest.
  const { describeOperations } = await import('./describe-operations.ts')
  const server = await createServer({
    engine: nothing<Engine>(),
    access: nothing<Access>(),
    database: nothing<WatchedDatabase>(),
    readDatabaseHealth: () => Promise.reject(new Error('there is no database to describe')),
    version,
    docs: false,
    describe: (app) => describeOperations(app, version),
  })
  try {
    return server.app.swagger() as unknown as Record<string, unknown>
  } finally {
    await server.close()
  }
}

/** Describing operations runs none of them. */
function nothing<Part extends object>(): Part {
  return new Proxy({} as Part, {
    get: (_target, name) => {
      throw new Error(`nothing may be asked here, but ${String(name)} was`)
    },
  })
}
