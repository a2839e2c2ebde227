import type { CsvColumn, PlanOptions } from '../../../src/protocol/index.ts'
import type { TableSample } from './table-sample.ts'

const NAMES: Readonly<Record<CsvColumn, string>> = {
  section: 'Section',
  row: 'Row',
  seat: 'Seat number',
  label: 'Label, as printed',
  category: 'Price category',
  x: 'Position, across',
  y: 'Position, down',
  accessible: 'Accessible',
  companion: 'Companion seat',
  restricted_view: 'Restricted view',
  general_admission: 'General admission',
  capacity: 'Number of places',
  external_id: 'Id elsewhere',
}

/** Not the list of the schema, which would bring its validator into the page. */
const COLUMNS = Object.keys(NAMES) as CsvColumn[]

/** Assigns the columns of a spreadsheet: found by their names, or chosen here. */
export function ColumnMapping(props: {
  sample: TableSample
  options: PlanOptions
  onChange: (options: PlanOptions) => void
}) {
  const { sample, options, onChange } = props
  const columns = options.columns ?? {}
  const unknown = options.ignoreUnknownColumns === true ? 'Left out' : 'Not known'
  const saidOf = (name: string) => COLUMNS.find((column) => columns[column] === name) ?? ''
  const say = (name: string, meaning: string) => {
    const others = Object.entries(columns).filter(
      ([column, said]) => said !== name && column !== meaning,
    )
    const next = Object.fromEntries(meaning === '' ? others : [...others, [meaning, name]])
    onChange({ ...options, columns: next })
  }
  return (
    <details class="more" open={sample.columns.some(({ meaning }) => meaning === null)}>
      <summary>Columns of the file</summary>
      <div class="columns-scroll">
        <table class="columns-table">
          <thead>
            <tr>
              <th scope="col">In the file</th>
              <th scope="col">Means</th>
            </tr>
          </thead>
          <tbody>
            {sample.columns.map(({ name, values, meaning }) => (
              <tr key={name}>
                <th scope="row">
                  {name}
                  <span class="columns-values quiet">{values.join(', ')}</span>
                </th>
                <td>
                  <select
                    aria-label={`What ${name} means`}
                    value={saidOf(name)}
                    onChange={({ currentTarget }) => say(name, currentTarget.value)}
                  >
                    <option value="">
                      {meaning === null ? unknown : `${NAMES[meaning]} (by its name)`}
                    </option>
                    {COLUMNS.map((column) => (
                      <option key={column} value={column}>
                        {NAMES[column]}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={options.ignoreUnknownColumns === true}
          onChange={({ currentTarget }) =>
            onChange({ ...options, ignoreUnknownColumns: currentTarget.checked })
          }
        />
        Ignore unknown columns
      </label>
    </details>
  )
}
