import { useState } from 'preact/hooks'
import type { Show } from '../../../src/protocol/index.ts'
import { goTo } from '../address/routes.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'

/** Takes a show off the lists, or away altogether while nothing was ever sold for it. */
export function PutAway({ show, onChange }: { show: Show; onChange: () => void }) {
  const [isAsking, ask] = useState(false)
  const { isBusy, error, dismiss, send } = useSending()
  const isArchived = show.archivedAt !== null
  const archive = () =>
    send(async () => {
      await client.value.changeShow(show.key, { archived: !isArchived })
      say(isArchived ? 'The show is back on the lists.' : 'The show is archived.')
      onChange()
    })
  const remove = async () => {
    await client.value.deleteShow(show.key)
    goTo({ page: 'shows' })
  }
  return (
    <section class="card danger">
      <div>
        <h3>{isArchived ? 'This show is archived' : 'Archive the show'}</h3>
        <p class="quiet">
          {isArchived
            ? 'It’s left out of the lists of shows. Nothing else has changed.'
            : 'It leaves the lists of shows; nothing else changes. You can delete a show only if ' +
              'it has never sold anything.'}
        </p>
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
      </div>
      <div class="row-actions">
        <button type="button" class="button" disabled={isBusy} onClick={() => void archive()}>
          {isArchived ? 'Bring back' : 'Archive'}
        </button>
        <button type="button" class="button is-danger" onClick={() => ask(true)}>
          Delete…
        </button>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={`Delete ${show.title}?`}
          action="Delete the show"
          act={remove}
          onClose={() => ask(false)}
        >
          This can’t be undone. Its key will be free for another show.
        </ConfirmDialog>
      )}
    </section>
  )
}
