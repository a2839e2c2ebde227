import { z } from 'zod'

const Total = z.strictObject({ count: z.int(), seconds: z.number() })

const DatabaseFailure = z.strictObject({
  kind: z.string().describe('What it means, such as `lost` or `read_only`.'),
  sqlstate: z
    .string()
    .describe('SQLSTATE, or the code of the network; `none` where there is neither.'),
  place: z.string().describe('What was being done.'),
  count: z.int(),
})

/** State of the server that answers: what operators look at, and nothing that names a person. */
export const SystemState = z
  .strictObject({
    version: z.string(),
    startedAt: z.string(),
    memoryBytes: z.int().describe('Resident memory of the process, in bytes.'),
    limits: z.boolean().describe('Whether callers are limited.'),
    proxy: z
      .enum(['trusted', 'unnamed', 'none'])
      .describe('`unnamed`: one forwards requests that `ROWLOCK_TRUST_PROXY` does not name.'),
    seen: z
      .strictObject({ address: z.string(), protocol: z.string(), host: z.string() })
      .describe('This request as the server sees it, behind the proxy.'),
    lateMs: z
      .number()
      .describe('How late the process has been getting to new work lately, in milliseconds.'),
    shows: z
      .int()
      .nullable()
      .describe('How many shows there are. Null while the database cannot be asked.'),
    database: z.strictObject({
      reachable: z.boolean(),
      migrated: z.boolean(),
      version: z.string().nullable(),
      role: z.enum(['primary', 'standby', 'unknown']),
      host: z.string().describe('The host that was reached last.'),
      timeline: z.int().nullable().describe('Its timeline. A promotion begins a new one.'),
      isSynchronous: z.boolean().nullable().describe('Whether commits wait for a standby.'),
      synchronousStandbys: z
        .int()
        .nullable()
        .describe(
          'How many there are. Null if the server role may not see them (`pg_read_all_stats`).',
        ),
      migration: z.int().nullable().describe('The number of the newest migration.'),
      pool: z.strictObject({
        max: z.int(),
        idle: z.int(),
        busy: z.int(),
        waiting: z.int().describe('Queries that wait for a connection.'),
      }),
      failures: z.array(DatabaseFailure).describe('Failures since the start, by kind and place.'),
    }),
    engine: z.strictObject({
      queued: z.int().describe('Commands that wait for a lane.'),
      lanesConnected: z.int(),
      lanes: z.int(),
      batches: z.int(),
      commands: z.int(),
      resent: z.int().describe('Batches sent again after a doubt.'),
      oldestWaitMs: z.int().describe('How long the first of them has waited, in milliseconds.'),
      waits: Total.describe('How long commands waited until they were sent, since the start.'),
      roundTrips: Total.describe('How long batches took, since the start.'),
      unsafe: z
        .array(z.string())
        .describe('Durability settings that are off, so that a crash could lose bookings.'),
      secondsAhead: z
        .number()
        .describe("How far the time of a show is ahead of the database's clock."),
    }),
    streams: z.strictObject({
      listeners: z.int(),
      shows: z.int(),
      dropped: z.int().describe('Streams cut off because their clients did not read.'),
    }),
    requests: z.int().describe('Requests answered since the start.'),
    refusals: z
      .array(z.strictObject({ code: z.string(), count: z.int() }))
      .describe('Refusals since the start, the most frequent first.'),
  })
  .meta({ id: 'SystemState' })
export type SystemState = z.infer<typeof SystemState>
