import type { PlanWarning, PlanWarningCode } from '../protocol/index.ts'

/** Names that a warning gives as examples. */
const EXAMPLES_MAX = 10

/** Oddities of a plan found so far: it is stored all the same. */
export interface WarningList {
  /** Once more of a kind; `example` is a label, a name or a place that its author knows. */
  add(code: PlanWarningCode, example?: string): void
  list(): PlanWarning[]
}

const MESSAGES: Readonly<Record<PlanWarningCode, (count: number) => string>> = {
  rows_unread: (count) =>
    `${some(count, 'seat has', 'seats have')} no row that could be read, and so no neighbours: ` +
    '"together" is never said of them.',
  seats_overlap: (count) =>
    `${some(count, 'seat lies', 'seats lie')} on top of another: give each its own place.`,
  seats_outside_section: (count) =>
    `${some(count, 'seat lies', 'seats lie')} outside the outline of the section.`,
  colors_alike: (count) =>
    `${some(count, 'pair of categories has', 'pairs of categories have')} colours that are hard ` +
    'to tell apart.',
  categories_unused: (count) => `${some(count, 'category has', 'categories have')} no seat.`,
  columns_ignored: (count) => `${some(count, 'column was', 'columns were')} left out.`,
  fields_ignored: (count) =>
    `${some(count, 'field is', 'fields are')} not known here, and left out.`,
  area_without_places: (count) =>
    `${some(count, 'area has', 'areas have')} a capacity of 0: nothing of it can be sold.`,
  tables_moved: (count) =>
    `${some(count, 'table lay', 'tables lay')} on top of another, and was moved aside.`,
  category_made: (count) =>
    `${some(count, 'seat names', 'seats name')} no category, and got one that was made for them.`,
  no_focal_point: () =>
    'Nothing says where the stage is, so no seat is better than another: give a focal point.',
}

function some(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`
}

/** An empty list. Each reading of a plan has its own. */
export function startWarnings(): WarningList {
  const found = new Map<PlanWarningCode, { count: number; examples: Set<string> }>()
  return {
    add(code, example) {
      const known = found.get(code) ?? { count: 0, examples: new Set<string>() }
      known.count += 1
      if (example !== undefined && known.examples.size < EXAMPLES_MAX) known.examples.add(example)
      found.set(code, known)
    },
    list: () =>
      [...found].map(([code, { count, examples }]) => {
        return { code, message: MESSAGES[code](count), count, examples: [...examples] }
      }),
  }
}
