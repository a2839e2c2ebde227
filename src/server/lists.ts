/** Lists: a page as JSON, or all of it as a CSV file, written as fast as it is read. */
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { refusalForExport } from '../auth/index.ts'
import { withDeadline } from '../calls/index.ts'
import { BYTE_ORDER_MARK, type CsvTable, csvTable, LIMITS } from '../protocol/index.ts'
import { type OPERATIONS, type OperationId, specOf } from '../protocol/operations/index.ts'
import { varyBy } from './answers.ts'
import { prefersCsv } from './prefers-csv.ts'
import { type Handler, type RequestOf, route } from './route.ts'
import type { App } from './routes/app.ts'

/** An operation whose list is also a file. */
type ListId = {
  [Id in OperationId]: (typeof OPERATIONS)[Id] extends { hasCsv: true } ? Id : never
}[OperationId]

type Row = Readonly<Record<string, unknown>>
type Rows = AsyncGenerator<readonly Row[]>
type Part = IteratorResult<readonly Row[], unknown>

interface Page {
  readonly items: readonly Row[]
  readonly next: string | null
}

interface Query {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly format?: 'json' | 'csv' | undefined
  readonly bom?: 'true' | 'false' | undefined
}

/**
 * Function that reads a list, a page at a time; for files page after page, unless told otherwise.
 */
interface ListReading<Id extends ListId> {
  read(request: RequestOf<Id>, query: RequestOf<Id>['query']): Promise<Page>
  /** Writes JSON otherwise than from `read`. */
  readonly answer?: Handler<Id>
  /** Reads the rows of a file that is more than pages one after the other. */
  readonly rows?: (request: RequestOf<Id>) => Rows
}

/** Serves a list of the contract that may be asked for as CSV. */
export function listRoute<Id extends ListId>(app: App, id: Id, reading: ListReading<Id>): void {
  const table = csvTable(itemOf(id))
  const answer = reading.answer ?? ((request) => reading.read(request, request.query))
  route(app, id, (async (request: RequestOf<Id>, reply: FastifyReply) => {
    const { format } = request.query as Query
    const isFile = format === undefined ? prefersCsv(request.headers.accept) : format === 'csv'
    if (!isFile) return answer(request, reply)
    const refusal = refusalForExport(request.identity)
    if (refusal !== null) throw refusal
    const rows = reading.rows?.(request) ?? pageAfterPage(request, reading)
    return sendCsv(app, request as FastifyRequest, reply, table, rows)
  }) as Handler<Id>)
}

/** Finds the schema of a list's items. */
function itemOf(id: ListId): z.ZodObject {
  const list = specOf(id).answers[200] as z.ZodObject<{ items: z.ZodArray<z.ZodObject> }>
  return list.shape.items.element
}

async function* pageAfterPage<Id extends ListId>(
  request: RequestOf<Id>,
  { read }: ListReading<Id>,
): Rows {
  const query = { ...(request.query as Query), limit: LIMITS.pageLimitMax }
  for (let { cursor } = query; ; ) {
    const page = await read(request, { ...query, cursor } as never)
    yield page.items
    if (page.next === null) return
    cursor = page.next
  }
}

/**
 * The first rows are read before anything is said, so that a refusal is one. Whatever fails later
 * cuts the connection: a file that has ended properly is complete.
 */
export async function sendCsv(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  table: CsvTable,
  rows: Rows,
): Promise<FastifyReply> {
  const { show } = request.params as { show?: string }
  const { bom } = request.query as Query
  const first = await rows.next()
  reply.header('content-type', 'text/csv; charset=utf-8; header=present')
  reply.header('content-disposition', `attachment; filename="${fileName(request, show)}"`)
  varyBy(reply, 'accept')
  if (request.method === 'HEAD') {
    await rows.return(undefined)
    return reply.send('')
  }
  const readOn = () => app.readInTurn(request.client, () => beforeTooLate(() => rows.next()))
  const head = bom === 'true' ? BYTE_ORDER_MARK + table.header : table.header
  const lines = linesOf(head, table, first, readOn, rows)
  return reply.send(Readable.from(lines, { objectMode: false }))
}

async function* linesOf(
  head: string,
  table: CsvTable,
  first: Part,
  readOn: () => Promise<Part>,
  rows: Rows,
): AsyncGenerator<string> {
  yield head
  try {
    for (let part = first; part.done !== true; part = await readOn()) {
      const text = part.value.map((row) => table.line(row)).join('')
      if (text !== '') yield text
    }
  } finally {
    // Whoever reads no further ends the reading, too.
    await rows.return(undefined)
  }
}

/** A file may take as long as it takes; each of its parts has the time of a request. */
function beforeTooLate<Value>(read: () => Promise<Value>): Promise<Value> {
  return withDeadline(performance.now() + LIMITS.deadlineMs, read)
}

/** `hamlet-bookings.csv`. What names a show needs no quoting. */
function fileName({ url }: FastifyRequest, show: string | undefined): string {
  const what = /\/(\w+)(?:\?|$)/.exec(url)?.[1] ?? 'list'
  const key = show?.replace(/[^\w.-]/g, '') ?? ''
  return key === '' ? `${what}.csv` : `${key}-${what}.csv`
}
