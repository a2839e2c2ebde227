import { z } from 'zod'
import { LIMITS } from '../limits.ts'

/**
 * Text that PostgreSQL and JSON can both hold: no NUL, no lone half of a surrogate pair.
 * Length in UTF-16 units.
 */
export function text(lengthMax: number) {
  return z
    .string()
    .min(1)
    .max(lengthMax)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), {
      message: 'must not contain NUL or broken surrogate pairs',
    })
}

const DATE = z.core.regexes.date.source.slice(1, -1)
const INSTANT = new RegExp(
  `^${DATE}T(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d+)?)?` +
    '(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)$',
)

/** RFC 3339 with an offset; seconds may be left out. Kept as sent, answered in UTC. */
export const instant = z
  .string()
  .regex(INSTANT, 'must be an instant with Z or an offset, such as 2026-12-01T19:00:00Z')
  .refine(
    (value) => {
      const year = new Date(value).getUTCFullYear()
      return year >= 1970 && year <= 9998
    },
    { message: 'must lie between the years 1970 and 9998' },
  )
  .meta({ format: 'date-time' })

/** Key of a show in addresses. */
export const showKey = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, {
    message:
      'must be letters, digits, dots, dashes and underscores, and begin with one of the first two',
  })
  .max(LIMITS.keyLengthMax)

/** A page of a list: how many at most, and where to go on (the `next` of the page before). */
export const page = {
  limit: z.coerce.number().int().min(1).max(LIMITS.pageLimitMax).default(LIMITS.pageLimitDefault),
  cursor: z.string().max(200).optional(),
}

/**
 * Parameters of lists that may be asked for as a file: every row from the cursor on, whatever the
 * limit.
 */
export const file = {
  format: z
    .enum(['json', 'csv'])
    .optional()
    .describe(
      '`csv`: every row as a file, for callers with credentials; the same as `Accept: ' +
        'text/csv`.',
    ),
  bom: z
    .enum(['true', 'false'])
    .optional()
    .describe('`csv`: begin with a byte-order mark, which spreadsheets need.'),
}

/** A list answered in pages; `next` is the cursor of the next one, or null at the end. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), next: z.string().nullable() })
}

const publicId = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`))

/** Identifiers as answered. What callers send is any text: an unknown one is a 404, not a 400. */
export const ids = {
  venue: publicId('venue'),
  plan: publicId('plan'),
  hold: publicId('hold'),
  booking: publicId('book'),
  block: publicId('block'),
  user: publicId('user'),
  session: publicId('session'),
  passkey: publicId('passkey'),
  key: publicId('key'),
  webhook: publicId('webhook'),
}
