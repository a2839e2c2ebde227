import { useState } from 'preact/hooks'
import type { ApiKey, ApiKeyWithSecret } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/use-pages.ts'
import { Icon } from '../parts/icon.tsx'
import { ListEnd } from '../parts/list-end.tsx'
import { SecretDialog } from '../parts/secret-dialog.tsx'
import { CreateKey } from './create-key.tsx'
import { KeyRow } from './key-row.tsx'
import { RevokeKey } from './revoke-key.tsx'
import { RotateKey } from './rotate-key.tsx'

/** Dialog that is open over the list. */
type Open =
  | { readonly what: 'create' }
  | { readonly what: 'rotate' | 'revoke'; readonly key: ApiKey }
  | { readonly what: 'secret'; readonly key: ApiKeyWithSecret }
  | null

/** Keys of partner systems: made, given a new secret, taken away. */
export function KeysTab() {
  const [open, setOpen] = useState<Open>(null)
  const list = usePages<ApiKey>(
    (cursor, options) => client.value.listApiKeys(cursor === undefined ? {} : { cursor }, options),
    [client.value],
  )
  const close = () => setOpen(null)
  const takeSecret = (key: ApiKeyWithSecret) => {
    const { secret: _, ...known } = key
    list.put(known)
    setOpen({ what: 'secret', key })
  }
  return (
    <>
      <div class="page-head">
        <p class="quiet">
          Partner systems sell with a key, and see only what they sold themselves.
        </p>
        <button type="button" class="button is-primary" onClick={() => setOpen({ what: 'create' })}>
          <Icon name="plus" size={18} /> New key
        </button>
      </div>
      {list.items?.length === 0 && <NoKeys />}
      {list.items !== null && list.items.length > 0 && (
        <ul class="card rows">
          {list.items.map((key) => (
            <KeyRow
              key={key.id}
              of={key}
              onRotate={() => setOpen({ what: 'rotate', key })}
              onRevoke={() => setOpen({ what: 'revoke', key })}
            />
          ))}
        </ul>
      )}
      <ListEnd list={list} />
      {open?.what === 'create' && <CreateKey onClose={close} onCreated={takeSecret} />}
      {open?.what === 'rotate' && (
        <RotateKey of={open.key} onClose={close} onRotated={takeSecret} />
      )}
      {open?.what === 'revoke' && <RevokeKey of={open.key} onClose={close} onRevoked={list.put} />}
      {open?.what === 'secret' && (
        <SecretDialog
          title={`The secret of ${open.key.name}`}
          secret={open.key.secret}
          onClose={close}
        >
          You see it only now: the server keeps only its hash. Store it where the partner system
          keeps its secrets, never in a web page or a repository.
        </SecretDialog>
      )}
    </>
  )
}

function NoKeys() {
  return (
    <div class="empty">
      <Icon name="key" size={32} />
      <h2>No API keys yet</h2>
      <p class="quiet">
        A ticket shop, a till or a website needs one to confirm bookings, unless the show lets
        holders confirm.
      </p>
    </div>
  )
}
