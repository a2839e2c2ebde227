import type { ApiKey } from '../../../src/protocol/index.ts'
import { hrefOf } from '../address/routes.ts'
import { plural } from '../time/format.ts'
import { isKeyOver, KeyLife } from './key-life.tsx'

/** One key: what it may do, when it was last used, and what an operator can do about it. */
export function KeyRow(props: { of: ApiKey; onRotate: () => void; onRevoke: () => void }) {
  const { of: key, onRotate, onRevoke } = props
  const isOver = isKeyOver(key)
  return (
    <li class={`row ${isOver ? 'is-over' : ''}`}>
      <div class="row-what">
        <p class="row-name">
          <a href={hrefOf({ page: 'key', key: key.id })}>{key.name}</a>
        </p>
        <p class="quiet">
          <code>{key.prefix}…</code> · {showsOf(key)}
        </p>
      </div>
      <p class="row-marks">
        {key.scopes.map((scope) => (
          <span key={scope} class="badge">
            {scope}
          </span>
        ))}
      </p>
      <p class="row-when quiet">
        <KeyLife of={key} />
      </p>
      {!isOver && (
        <div class="row-actions">
          <button
            type="button"
            class="button is-small"
            aria-label={`Rotate ${key.name}`}
            onClick={onRotate}
          >
            Rotate…
          </button>
          <button
            type="button"
            class="button is-small is-danger"
            aria-label={`Revoke ${key.name}`}
            onClick={onRevoke}
          >
            Revoke…
          </button>
        </div>
      )}
    </li>
  )
}

function showsOf({ shows }: ApiKey): string {
  if (shows === null) return 'all shows'
  return shows.length === 1 ? `only ${shows[0]}` : `only ${plural(shows.length, 'show')}`
}
