import { client } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'

const LISTED_MAX = 1_000

/** All shows, unless some are ticked. */
export function ShowChoice(props: {
  value: readonly string[]
  onChange: (keys: readonly string[]) => void
}) {
  const { value, onChange } = props
  const shows = useQuery(
    (options) => client.value.listShows({ limit: LISTED_MAX }, options),
    [],
  ).value
  return (
    <fieldset class="choices">
      <legend>For which shows</legend>
      <p class="field-hint">
        {value.length === 0 ? 'For all of them, unless you tick some.' : `${value.length} ticked.`}
      </p>
      <div class="tick-list">
        {shows?.items.map(({ key, title }) => (
          <label key={key} class="check">
            <input
              type="checkbox"
              checked={value.includes(key)}
              onChange={({ currentTarget: { checked } }) =>
                onChange(checked ? [...value, key] : value.filter((one) => one !== key))
              }
            />
            <span>
              {title} <code class="quiet">{key}</code>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
