import { useState } from 'preact/hooks'
import type { ActiveSession } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/use-pages.ts'
import { useSending } from '../api/use-sending.ts'
import { ListEnd } from '../parts/list-end.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { When } from '../parts/when.tsx'
import { deviceName } from './device-name.ts'

const BY = { link: 'By a link', passkey: 'By passkey', password: 'By password' } as const

/** Devices on which the user is signed in; each can be signed out alone. */
export function SessionList() {
  const list = usePages(() => client.value.listMySessions(), [client.value])
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set())
  const { isBusy, error, dismiss, send } = useSending()
  const end = (session: ActiveSession) =>
    send(async () => {
      await client.value.endMySession(session.id)
      setEnded((before) => new Set([...before, session.id]))
      say(`Signed out: ${deviceName(session.agent)}.`)
    })
  const live = list.items?.filter(({ id }) => !ended.has(id)) ?? []
  return (
    <>
      <ul class="session-list">
        {live.map((session) => (
          <li key={session.id} class="session-row">
            <div class="row-what">
              <b>{deviceName(session.agent)}</b>
              <p class="quiet">
                {BY[session.beganBy]}, signed in <When at={session.createdAt} />, last used{' '}
                <When at={session.usedAt} />
              </p>
            </div>
            {session.current ? (
              <span class="badge is-good">This one</span>
            ) : (
              <button
                type="button"
                class="button is-small"
                disabled={isBusy}
                aria-label={`Sign out ${deviceName(session.agent)}`}
                onClick={() => void end(session)}
              >
                Sign out
              </button>
            )}
          </li>
        ))}
      </ul>
      <ListEnd list={list} />
      {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
    </>
  )
}
