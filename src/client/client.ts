import type { z } from 'zod'
import type {
  GetReportQuery,
  ListBlocksQuery,
  ListBookingsQuery,
  ListHoldsQuery,
  ListJournalQuery,
  ListSeatsQuery,
  PlanExportFormat,
} from '../protocol/index.ts'
import type { CallOptions } from './call-options.ts'
import type { ClientOperations } from './client-operations.ts'
import type { EventsOptions, FollowedEvent } from './follow-events.ts'
import type { ShowWatch, WatchOptions } from './show-watch.ts'

type FileOf<Schema extends z.ZodType> = Partial<
  Omit<z.output<Schema>, 'format' | 'limit' | 'bom'>
> & {
  /** Begin with a byte-order mark, for spreadsheets. */
  readonly bom?: boolean
}

/** Lists of a show that are also files, by their addresses, and what each may be asked. */
export interface ExportQueries {
  /** The filters of `listSeats`. */
  readonly seats: FileOf<typeof ListSeatsQuery>
  /** The filters of `listBookings`. */
  readonly bookings: FileOf<typeof ListBookingsQuery>
  /** The filters of `listHolds`. */
  readonly holds: FileOf<typeof ListHoldsQuery>
  /** The filters of `listBlocks`. */
  readonly blocks: FileOf<typeof ListBlocksQuery>
  /** The filters of `listJournal`. */
  readonly journal: FileOf<typeof ListJournalQuery>
  /** The groups that `getReport` counts by. */
  readonly report: FileOf<typeof GetReportQuery>
}

/**
 * Every operation of the API under its `operationId`. All throw `RowlockError` for a refusal, also
 * where no answer came at all (`no_answer`), and the signal's reason where it was aborted.
 */
export interface Client extends ClientOperations {
  /** `getPlan` with a format: the whole plan as the text of a file. */
  exportPlan(plan: string, format: PlanExportFormat, options?: CallOptions): Promise<string>

  /**
   * A list of a show as a CSV file, part by part: every row that the filters leave, however many.
   * An answer that breaks off throws `no_answer`.
   */
  exportList<List extends keyof ExportQueries>(
    show: string,
    list: List,
    query?: ExportQueries[List],
    options?: CallOptions,
  ): AsyncGenerator<string, void, void>

  /**
   * Keeps a live view of a show's seats, over lost connections, until it is closed or aborted.
   * Built on `streamShow`.
   */
  watchShow(show: string, options?: WatchOptions): ShowWatch

  /**
   * Follows what happens in a show, from the beginning or from where you were: the events that
   * webhooks are sent. Goes on over lost connections until it is left or aborted.
   */
  events(show: string, options?: EventsOptions): AsyncGenerator<FollowedEvent, void, void>
}
