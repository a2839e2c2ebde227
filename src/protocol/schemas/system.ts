import { z } from 'zod'

/** How the server that answers is: what operators look at, and nothing that names a person. */
export const SystemState = z
  .strictObject({
    version: z.string(),
    startedAt: z.string(),
    memoryBytes: z.int().describe('Resident memory of the process.'),
    shows: z.int().nullable().describe('Null while the database cannot be asked.'),
    database: z.strictObject({
      reachable: z.boolean(),
      migrated: z.boolean(),
      version: z.string().nullable(),
    }),
    engine: z.strictObject({
      queued: z.int().describe('Commands that wait for a lane.'),
      lanesConnected: z.int(),
      lanes: z.int(),
      batches: z.int(),
      commands: z.int(),
      resent: z.int().describe('Batches sent again after a doubt.'),
      unsafe: z
        .array(z.string())
        .describe('Settings of the database by which a crash could lose what was answered.'),
      secondsAhead: z
        .number()
        .describe("How far the time of a show is ahead of the database's clock."),
    }),
    streams: z.strictObject({
      listeners: z.int(),
      shows: z.int(),
      dropped: z.int().describe('Cut off because they did not read.'),
    }),
    requests: z.int().describe('Since the start.'),
    refusals: z
      .array(z.strictObject({ code: z.string(), count: z.int() }))
      .describe('Since the start, the most frequent first.'),
  })
  .meta({ id: 'SystemState' })
export type SystemState = z.infer<typeof SystemState>
