import type { z } from 'zod'

/** Options of a call before defaults are filled in. */
export type Input<Schema extends z.ZodType> = z.input<Schema>

/** A query as callers write it: pages are numbers, not text; files have a method of their own. */
export type Query<Schema extends z.ZodType> = Partial<Omit<z.output<Schema>, 'format' | 'bom'>>

/** Options of every call. */
export interface CallOptions {
  /** Ends the call, and its retries, with the signal's reason. */
  readonly signal?: AbortSignal
  /** For each attempt; the client's own `timeoutMs` when left out. */
  readonly timeoutMs?: number
  /** Each part of the answer's text as it comes; `isFirst` is the first one of an attempt. */
  readonly onPart?: (text: string, isFirst: boolean) => void
}

/** Options of a write besides. */
export interface WriteOptions extends CallOptions {
  /**
   * A new UUID for each call when left out, kept over its retries. Pass one that outlives the
   * process where the call may have to be repeated after a crash.
   */
  readonly idempotencyKey?: string
}

/** One page of a list. */
export interface Page<Item> {
  /** Items of this page, in the order of the list. */
  readonly items: Item[]
  /** Pass it as `cursor` to get the next page. Null on the last page. */
  readonly next: string | null
}

/**
 * A list: awaited it is one page, iterated it is every item of every page from there on.
 * `for await (const seat of client.listSeats('hamlet'))`
 */
export interface Pages<Item> extends Promise<Page<Item>>, AsyncIterable<Item> {}
