import type { ApiKey } from '../../../src/protocol/index.ts'
import { When } from '../parts/when.tsx'
import { now } from '../time/clock.ts'
import { plural } from '../time/format.ts'

/** Tells when it was used, and when it or its older secrets end. */
export function KeyLife({ of: key }: { of: ApiKey }) {
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

/** True when it opens nothing any more. */
export function isKeyOver(key: ApiKey): boolean {
  return key.revokedAt !== null || isPast(key.expiresAt)
}

function isPast(at: string | null): boolean {
  return at !== null && Date.parse(at) <= now.value
}
