import type { ApiKey } from '../../../src/protocol/index.ts'
import { When } from '../parts/when.tsx'
import { now } from '../time/clock.ts'
import { plural } from '../time/format.ts'

/** One key: what it may do, when it was last used, and what an operator can do about it. */
export function KeyRow(props: { of: ApiKey; onRotate: () => void; onRevoke: () => void }) {
  const { of: key, onRotate, onRevoke } = props
  const isOver = key.revokedAt !== null || isPast(key.expiresAt)
  return (
    <li class={`row ${isOver ? 'is-over' : ''}`}>
      <div class="row-what">
        <p class="row-name">{key.name}</p>
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
        <Life of={key} />
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

function Life({ of: key }: { of: ApiKey }) {
  const older = key.secrets.filter(({ expiresAt }) => expiresAt !== null && !isPast(expiresAt))
  if (key.revokedAt !== null) {
    return (
      <>
        <span class="badge is-bad">Revoked</span> <When at={key.revokedAt} />
      </>
    )
  }
  return (
    <>
      {key.lastUsedAt === null ? (
        'never used'
      ) : (
        <>
          used <When at={key.lastUsedAt} />
        </>
      )}
      {key.expiresAt !== null && (
        <>
          <br />
          {isPast(key.expiresAt) ? 'ended' : 'ends'} <When at={key.expiresAt} />
        </>
      )}
      {older.length > 0 && (
        <>
          <br />
          {plural(older.length, 'older secret ends', 'older secrets end')}{' '}
          <When
            at={
              older
                .map(({ expiresAt }) => expiresAt ?? '')
                .toSorted()
                .at(-1) ?? ''
            }
          />
        </>
      )}
    </>
  )
}

function isPast(at: string | null): boolean {
  return at !== null && Date.parse(at) <= now.value
}

function showsOf({ shows }: ApiKey): string {
  if (shows === null) return 'all shows'
  return shows.length === 1 ? `only ${shows[0]}` : `only ${plural(shows.length, 'show')}`
}
