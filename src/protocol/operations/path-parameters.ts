import { z } from 'zod'
import { withoutInvisible } from '../labels.ts'

/** The path parameters of the routes. Any text is taken: what is not known answers 404. */
export const PATH_PARAMETERS = {
  venue: z
    .string()
    .describe('The id of the venue.')
    .meta({ example: `venue_${'0'.repeat(32)}` }),
  plan: z
    .string()
    .describe('The id of the plan.')
    .meta({ example: `plan_${'0'.repeat(32)}` }),
  show: z
    .string()
    .overwrite(withoutInvisible)
    .describe('The key of the show.')
    .meta({ example: 'avengers-2026-7pm' }),
  hold: z
    .string()
    .describe('The id of the hold. Anyone who knows it can use the hold, unless it has an owner.')
    .meta({ example: `hold_${'0'.repeat(32)}` }),
  booking: z
    .string()
    .describe('The id of the booking.')
    .meta({ example: `book_${'0'.repeat(32)}` }),
  block: z
    .string()
    .describe('The id of the block.')
    .meta({ example: `block_${'0'.repeat(32)}` }),
  user: z
    .string()
    .describe('The id of the user.')
    .meta({ example: `user_${'0'.repeat(32)}` }),
  session: z
    .string()
    .describe('The id of the session.')
    .meta({ example: `session_${'0'.repeat(32)}` }),
  passkey: z
    .string()
    .describe('The id of the passkey.')
    .meta({ example: `passkey_${'0'.repeat(32)}` }),
  key: z
    .string()
    .describe('The id of the API key.')
    .meta({ example: `key_${'0'.repeat(32)}` }),
  webhook: z
    .string()
    .describe('The id of the webhook.')
    .meta({ example: `webhook_${'0'.repeat(32)}` }),
} as const satisfies Record<string, z.ZodType<string>>

/** The name of one of them. */
export type PathParameter = keyof typeof PATH_PARAMETERS
