import { useState } from 'preact/hooks'
import type { Counts, Report, ReportPart } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { may } from '../identity/identity.ts'
import { Field } from '../parts/field.tsx'
import { OccupancyBar } from '../parts/occupancy-bar.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { SignInHint } from '../session/sign-in-hint.tsx'
import { count, exactTime } from '../time/format.ts'
import { ReportFile } from './report-file.tsx'
import type { ShowAndVenue } from './show-and-venue.ts'

const PARTS: readonly (readonly [part: Exclude<ReportPart, 'status'>, name: string])[] = [
  ['section', 'Section'],
  ['category', 'Category'],
  ['row', 'Row'],
  ['holder', 'Holder'],
  ['day', 'Day of the sale'],
]
type Part = (typeof PARTS)[number][0]

/** A house is told in this many lines; a file has all of them. */
const LINES_MAX = 500

/** The seats of the show, counted: a table with bars, for the screen and for paper. */
export function ReportTab({ known }: { known: ShowAndVenue }) {
  const [part, choose] = useState<Part>('section')
  const { show } = known
  const mayRead = may('journal')
  const { value, error, reload } = useQuery<Report | null>(
    async (options) =>
      mayRead ? client.value.getReport(show.key, { by: `${part},status` }, options) : null,
    [show.key, part, mayRead, client.value],
  )
  if (!mayRead) return <SignInHint>Sign in to see the report.</SignInHint>
  return (
    <>
      <div class="page-head report-head">
        <h2>Report</h2>
        <div class="report-tools">
          <Field label="Count by">
            {(tied) => (
              <select
                {...tied}
                value={part}
                onChange={({ currentTarget }) => choose(currentTarget.value as Part)}
              >
                {PARTS.map(([name, text]) => (
                  <option key={name} value={name}>
                    {text}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <ReportFile show={show.key} by={`${part},status`} />
          <button type="button" class="button" onClick={() => print()}>
            Print
          </button>
        </div>
      </div>
      {error !== null && value === null && <TroubleNote error={error} onRetry={reload} />}
      <section class="card chart-card">
        {value === null ? (
          <Skeleton lines={6} label="Counting" />
        ) : (
          <ReportTable report={value} part={part} />
        )}
      </section>
    </>
  )
}

function ReportTable({ report, part }: { report: Report; part: Part }) {
  const lines = linesOf(report, part)
  const name = PARTS.find(([one]) => one === part)?.[1] ?? part
  return (
    <>
      <table class="report">
        <thead>
          <tr>
            <th scope="col">{name}</th>
            <th scope="col" class="report-bar">
              <span class="unseen">Share</span>
            </th>
            <th scope="col">Seats</th>
            <th scope="col">Booked</th>
            <th scope="col">Held</th>
            <th scope="col">Blocked</th>
            <th scope="col">Free</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, LINES_MAX).map(({ key, counts }) => (
            <tr key={key}>
              <th scope="row">{key ?? <span class="quiet">none</span>}</th>
              <td class="report-bar">
                <OccupancyBar counts={counts} />
              </td>
              <td>{count(counts.total)}</td>
              <td>{count(counts.booked)}</td>
              <td>{count(counts.held)}</td>
              <td>{count(counts.blocked)}</td>
              <td>{count(counts.available)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > LINES_MAX && (
        <p class="quiet">
          The first {LINES_MAX} of {count(lines.length)} lines.
        </p>
      )}
      <p class="quiet">
        {count(report.seats)} seats, as of {exactTime(Date.parse(report.asOf), report.timeZone)}
      </p>
    </>
  )
}

function linesOf({ items }: Report, part: Part): { key: string | null; counts: Counts }[] {
  const lines = new Map<string | null, Counts>()
  for (const item of items) {
    const key = item[part] ?? null
    const counts = lines.get(key) ?? { total: 0, available: 0, held: 0, booked: 0, blocked: 0 }
    lines.set(key, counts)
    counts.total += item.seats
    if (item.status !== undefined) counts[item.status] += item.seats
  }
  return [...lines].map(([key, counts]) => ({ key, counts }))
}
