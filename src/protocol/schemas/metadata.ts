import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { text } from './text.ts'

/**
 * Notes of the caller's own on a hold, a booking or a block: text under names of the caller's
 * choosing. Whoever may read the hold, booking or block is told; nothing is found by them.
 */
export const metadata = z
  .record(text(LIMITS.metadataKeyLengthMax), text(LIMITS.metadataValueLengthMax))
  .superRefine((notes, context) => {
    const names = Object.keys(notes)
    const wrong = (message: string) => context.addIssue({ code: 'custom', message })
    if (names.length > LIMITS.metadataKeysMax) {
      wrong(`has more than ${LIMITS.metadataKeysMax} keys`)
    }
    const length = names.reduce((sum, name) => sum + name.length + (notes[name]?.length ?? 0), 0)
    if (length > LIMITS.metadataLengthMax) {
      wrong(`has more than ${LIMITS.metadataLengthMax} characters in all`)
    }
  })
  .describe("Your own notes: text under keys of your own. You can't search by them.")
/** Metadata as it is stored. */
export type Metadata = Readonly<Record<string, string>>

/** Metadata in answers: empty where there is none. */
export const toldMetadata = z.record(z.string(), z.string())
