import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { fingerprint } from '../../calls/index.ts'
import {
  appendLabels,
  decodeFile,
  describePlan,
  detectFormat,
  exportPlan,
  type ImportedPlan,
  importPlan,
  neighbours,
  planFromGrid,
  planFromLabels,
} from '../../plans/index.ts'
import {
  CreatePlanBody,
  type CreateShowBody,
  mistakesOf,
  type PlanExportFormat,
  type PlanSeat,
  type PlanSpec,
  type PlanSummary,
  type PlanWarning,
  Refusal,
  readJson,
} from '../../protocol/index.ts'
import type { PlanUpload } from '../plan-upload.ts'
import { linesOf } from '../stored/seat-lines.ts'
import {
  drawingOf,
  inRowOrder,
  joinedOf,
  linesOfRows,
  planSpecOf,
  seatRowsOf,
} from '../stored/stored-plan.ts'

/** Work on a whole plan, which takes too long for the thread that serves. */
export type PlanTask =
  | {
      readonly kind: 'store'
      readonly source: CreatePlanBody | PlanUpload
      /** Parts of the fingerprint before the body; null where nobody needs one. */
      readonly fingerprintPath: readonly string[] | null
    }
  | { readonly kind: 'own'; readonly seats: NonNullable<CreateShowBody['seats']> }
  | { readonly kind: 'append'; readonly row: string; readonly labels: readonly string[] }
  | { readonly kind: 'export'; readonly row: string; readonly format: PlanExportFormat }

/** A plan in the form that the kernel takes it: three texts of JSON. */
export interface PlanToStore {
  readonly name: string
  readonly drawing: string
  readonly seats: string
  readonly lines: string
  readonly fingerprint: string | null
  readonly summary: PlanSummary
  readonly warnings: PlanWarning[]
}

/** More seats for a plan, in the form that the kernel takes them. */
export interface SeatsToAppend {
  /** Number of seats that the plan had. */
  readonly known: number
  readonly seats: string
  /** Lines of the whole plan, as it is with them. */
  readonly lines: string
}

/** A plan as a file, compressed. */
export interface PackedPlan {
  /** Digest of the file's text. */
  readonly digest: string
  readonly gzip: Uint8Array
}

/** Result of each kind of task. */
export interface PlanResults {
  readonly store: PlanToStore
  readonly own: PlanToStore
  readonly append: SeatsToAppend
  readonly export: PackedPlan
}

/** Fields and elements of a file: a seat of the most talkative format has about thirty. */
const PARTS_MAX = 4_000_000
/** No format that we read is nested nearly as deep. */
const DEPTH_MAX = 64

/** Does a task, on whatever thread. Refusals: those of reading a plan. */
export function doPlanTask(task: PlanTask): PlanResults[PlanTask['kind']] {
  switch (task.kind) {
    case 'store':
      return planToStore(task.source, task.fingerprintPath)
    case 'own':
      return inStorableForm(describePlan(ownPlan(task.seats)), null)
    case 'append':
      return seatsToAppend(task.row, task.labels)
    case 'export':
      return packedPlan(task.row, task.format)
  }
}

function planToStore(
  source: CreatePlanBody | PlanUpload,
  path: readonly string[] | null,
): PlanToStore {
  const body = 'bytes' in source ? readBody(source) : source
  const format = body.format ?? detectFormat(body.source)
  if (!format) throw unknownFormat()
  const { source: document, name, format: _, ...options } = body
  const imported = importPlan(format, document, options)
  const print = path === null ? null : fingerprint([...path, body])
  const plan = { ...imported.plan, name: name ?? imported.plan.name }
  return inStorableForm({ ...imported, plan }, print)
}

function inStorableForm(
  { plan, summary, warnings }: ImportedPlan,
  print: string | null,
): PlanToStore {
  const rows = inRowOrder(plan.seats, plan.sections)
  return {
    summary,
    warnings,
    name: plan.name,
    drawing: JSON.stringify(drawingOf(plan)),
    seats: JSON.stringify(seatRowsOf(rows)),
    lines: JSON.stringify(linesOfRows(rows)),
    fingerprint: print,
  }
}

function readBody({ bytes, type, name, options }: PlanUpload): CreatePlanBody {
  const given =
    type === 'csv'
      ? { format: 'csv', source: decodeFile(bytes), ...options }
      : parseBody(decodeUtf8(bytes))
  const result = CreatePlanBody.safeParse(given)
  if (!result.success) {
    throw new Refusal('invalid_request', { mistakes: mistakesOf(result.error.issues) })
  }
  return name === undefined ? result.data : { ...result.data, name: result.data.name ?? name }
}

function decodeUtf8(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw invalid('', 'the body must be UTF-8')
  return new TextDecoder().decode(bytes)
}

function parseBody(text: string): unknown {
  const reading = readJson(text, { partsMax: PARTS_MAX, depthMax: DEPTH_MAX })
  if (reading.fault === undefined) return reading.value
  const { fault, message } = reading
  if (fault === 'too_many' || fault === 'too_deep') throw invalid('source', message)
  throw new Refusal('malformed_json', { detail: `The body cannot be read: ${message}.` })
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('invalid_request', { mistakes: [{ path, message }] })
}

function unknownFormat(): Refusal {
  const message = 'is in no format that Rowlock recognizes; name the format'
  return new Refusal('plan_invalid', {
    detail: `The source ${message}.`,
    mistakes: [{ path: '$', message }],
  })
}

function ownPlan(seats: NonNullable<CreateShowBody['seats']>): PlanSpec {
  return Array.isArray(seats) ? planFromLabels(seats) : planFromGrid(seats, 'seats')
}

function seatsToAppend(row: string, labels: readonly string[]): SeatsToAppend {
  const stored = JSON.parse(row)
  const plan = planSpecOf(stored)
  const rows = inRowOrder(newSeats(plan, labels), plan.sections)
  const seats = [...plan.seats, ...rows.map(({ seat }) => seat)]
  const joined = [...joinedOf(stored), ...rows.map(({ isJoined }) => isJoined)]
  const rights = neighbours({ seats, sections: plan.sections }).map(({ right }) => right)
  return {
    known: plan.seats.length,
    seats: JSON.stringify(seatRowsOf(rows)),
    lines: JSON.stringify(linesOf(rights, joined)),
  }
}

/** Labels that exist are left to the database: a retry of a request that was done finds its own. */
function newSeats(plan: PlanSpec, labels: readonly string[]): PlanSeat[] {
  try {
    return appendLabels(plan, labels)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'seats_exist') throw error
    return appendLabels({ ...plan, seats: [] }, labels)
  }
}

function packedPlan(row: string, format: PlanExportFormat): PackedPlan {
  const text = exportPlan(format, planSpecOf(JSON.parse(row)))
  return { digest: hash('sha256', text, 'base64url').slice(0, 22), gzip: gzipSync(text) }
}
