import { useState } from 'preact/hooks'
import type { ApiKey, ApiKeyWithSecret } from '../../../src/protocol/index.ts'
import { hrefOf } from '../address/routes.ts'
import { useTitle } from '../address/title.ts'
import { client } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { may } from '../identity/identity.ts'
import { Icon } from '../parts/icon.tsx'
import { SecretDialog } from '../parts/secret-dialog.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { When } from '../parts/when.tsx'
import { SignInHint } from '../session/sign-in-hint.tsx'
import { KeyFacts } from './key-facts.tsx'
import { isKeyOver, KeyLife } from './key-life.tsx'
import { RenameKey } from './rename-key.tsx'
import { RevokeKey } from './revoke-key.tsx'
import { RotateKey } from './rotate-key.tsx'

type Open = 'rename' | 'rotate' | 'revoke' | ApiKeyWithSecret | null

/** One key: what it may do, its secrets, and what an operator can do about it. */
export function KeyPage({ id }: { id: string }) {
  return may('administer') ? (
    <KnownKey id={id} />
  ) : (
    <section class="page">
      <SignInHint>Sign in as an operator to see API keys.</SignInHint>
    </section>
  )
}

function KnownKey({ id }: { id: string }) {
  const query = useQuery<ApiKey>(
    (options) => client.value.getApiKey(id, options),
    [id, client.value],
  )
  const key = query.value
  useTitle(key?.name ?? 'API key')
  return (
    <section class="page">
      {key === null && query.error === null && <Skeleton lines={4} label="Loading the key" />}
      {key === null && query.error !== null && (
        <TroubleNote error={query.error} onRetry={query.reload} />
      )}
      {key !== null && <Key of={key} reload={query.reload} />}
    </section>
  )
}

function Key({ of: key, reload }: { of: ApiKey; reload: () => void }) {
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const takeSecret = (next: ApiKeyWithSecret) => {
    reload()
    setOpen(next)
  }
  return (
    <>
      <KeyHead of={key} onOpen={setOpen} />
      <KeyFacts of={key} />
      <Secrets of={key} />
      {open === 'rename' && <RenameKey of={key} onClose={close} onRenamed={reload} />}
      {open === 'rotate' && <RotateKey of={key} onClose={close} onRotated={takeSecret} />}
      {open === 'revoke' && <RevokeKey of={key} onClose={close} onRevoked={reload} />}
      {open !== null && typeof open === 'object' && (
        <SecretDialog title={`The secret of ${key.name}`} secret={open.secret} onClose={close}>
          You see it only now: the server keeps only its hash. Store it where the partner system
          keeps its secrets, never in a web page or a repository.
        </SecretDialog>
      )}
    </>
  )
}

function KeyHead({ of: key, onOpen }: { of: ApiKey; onOpen: (what: Open) => void }) {
  return (
    <div class="page-head">
      <div class="show-head-what">
        <a
          class="show-back"
          href={hrefOf({ page: 'access', tab: 'keys' })}
          aria-label="All API keys"
        >
          <Icon name="back" />
        </a>
        <div>
          <h1>{key.name}</h1>
          <p class="quiet">
            <KeyLife of={key} />
          </p>
        </div>
      </div>
      <div class="row-actions">
        <button type="button" class="button" onClick={() => onOpen('rename')}>
          Rename…
        </button>
        {!isKeyOver(key) && (
          <>
            <button type="button" class="button" onClick={() => onOpen('rotate')}>
              Rotate…
            </button>
            <button type="button" class="button is-danger" onClick={() => onOpen('revoke')}>
              Revoke…
            </button>
          </>
        )}
      </div>
    </div>
  )
}

function Secrets({ of: key }: { of: ApiKey }) {
  return (
    <>
      <h2 class="rows-title">Secrets</h2>
      <ul class="card rows">
        {key.secrets.map(({ prefix, createdAt, expiresAt }) => (
          <li key={prefix} class="row is-pair">
            <div class="row-what">
              <p class="row-name">
                <code>{prefix}…</code>
              </p>
              <p class="quiet">
                made <When at={createdAt} />
              </p>
            </div>
            <p class="row-when quiet">
              {expiresAt === null ? (
                'valid as long as the key'
              ) : (
                <>
                  ends <When at={expiresAt} />
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
