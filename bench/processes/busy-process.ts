/**
 * Does nothing, with all of the processor that nobody of usual priority wants: a control for what
 * works in the background. Ends by itself.
 */
import { setPriority } from 'node:os'

/** Niceness of the thread that posts webhooks. */
const NICENESS = 10
const LIFE_MS = 60_000

setPriority(NICENESS)
const endsAt = performance.now() + LIFE_MS
while (performance.now() < endsAt);
