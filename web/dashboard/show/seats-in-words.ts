import { plural } from '../time/format.ts'

const NAMED_MAX = 6
/** `Circle H31` → `Circle H` and 31. Longer numbers are no numbers of seats. */
const NUMBERED = /^(.*?)(\d{1,6})$/

/** Seats that stand one after the other by their labels. */
interface Run {
  readonly prefix: string
  readonly first: string
  last: string
  count: number
}

/** Says seats in words, at most so many parts. */
export type SeatsInWords = (labels: readonly string[], namedMax?: number) => string

/**
 * Labels for people: neighbours are told as one, `A1, A2` as they are and `A1, A2, A3` as `A1–3`.
 * Places of general admission are a number: `5 places on Floor`; `areaOf` names the area of one. At
 * most `namedMax` parts; the rest is counted.
 */
export function seatsInWords(
  labels: readonly string[],
  namedMax: number = NAMED_MAX,
  areaOf: (label: string) => string | null = () => null,
): string {
  const places = new Map<string, number>()
  const seats = labels.filter((label) => {
    const area = areaOf(label)
    if (area !== null) places.set(area, (places.get(area) ?? 0) + 1)
    return area === null
  })
  const areas = [...places].map(([area, count]) => `${plural(count, 'place')} in ${area}`)
  return [...(seats.length > 0 ? [listRuns(seats, namedMax)] : []), ...areas].join(', ')
}

function listRuns(labels: readonly string[], namedMax: number): string {
  const runs = toRuns(labels)
  const named = runs.length <= namedMax ? runs : runs.slice(0, namedMax - 1)
  const rest = labels.length - named.reduce((sum, { count }) => sum + count, 0)
  const text = named.map(runText).join(', ')
  return rest === 0 ? text : `${text} and ${rest} more`
}

function toRuns(labels: readonly string[]): Run[] {
  const runs: Run[] = []
  for (const label of inOrder(labels)) {
    const [, prefix = label, number = ''] = NUMBERED.exec(label) ?? []
    const run = runs.at(-1)
    const isNext =
      run !== undefined &&
      number !== '' &&
      run.prefix === prefix &&
      Number(run.last) + 1 === Number(number)
    if (isNext) {
      run.last = number
      run.count += 1
    } else {
      runs.push({ prefix, first: number, last: number, count: 1 })
    }
  }
  return runs
}

const BY_NUMBER = new Intl.Collator('en', { numeric: true })

function inOrder(labels: readonly string[]): string[] {
  return [...labels].sort(BY_NUMBER.compare)
}

/** Two short labels are read more easily than a range. */
function runText({ prefix, first, last, count }: Run): string {
  if (count === 1) return `${prefix}${first}`
  const isShort = !prefix.includes(' ')
  if (count === 2 && isShort) return `${prefix}${first}, ${prefix}${last}`
  return `${prefix}${first}–${last}`
}
