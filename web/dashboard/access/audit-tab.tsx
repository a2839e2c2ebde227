import { useState } from 'preact/hooks'
import type { AuditEntry } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/use-pages.ts'
import { Field } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { ListEnd } from '../parts/list-end.tsx'
import { When } from '../parts/when.tsx'
import { actorNames, type Names } from '../session/actor-names.ts'
import { ACTIONS, describeAct } from './describe-act.ts'

const PAGE = 50

/** Every administrative act, the newest first: who, what, about whom, when. */
export function AuditTab() {
  const [action, setAction] = useState('')
  const [actor, setActor] = useState('')
  const names = actorNames()
  const list = usePages<AuditEntry>(
    (cursor, options) => {
      const query = {
        limit: PAGE,
        ...(cursor !== undefined && { cursor }),
        ...(action !== '' && { action }),
        ...(actor !== '' && { actor }),
      }
      return client.value.listAudit(query, options)
    },
    [client.value, action, actor],
  )
  return (
    <>
      <div class="fields audit-filter">
        <Field label="What">
          {(tied) => (
            <select
              {...tied}
              value={action}
              onChange={({ currentTarget }) => setAction(currentTarget.value)}
            >
              <option value="">Everything</option>
              {Object.entries(ACTIONS).map(([name, words]) => (
                <option key={name} value={name}>
                  {words}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Who">
          {(tied) => (
            <select
              {...tied}
              value={actor}
              onChange={({ currentTarget }) => setActor(currentTarget.value)}
            >
              <option value="">Everybody</option>
              <option value="operator">The operator key</option>
              {[...names].map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {list.items?.length === 0 && (
        <div class="empty">
          <Icon name="search" size={32} />
          <h2>{action === '' && actor === '' ? 'Nothing yet' : 'Nothing of that kind'}</h2>
        </div>
      )}
      {list.items !== null && list.items.length > 0 && (
        <ul class="card rows">
          {list.items.map((entry) => (
            <Act key={entry.id} entry={entry} names={names} />
          ))}
        </ul>
      )}
      <ListEnd list={list} />
    </>
  )
}

function Act({ entry, names }: { entry: AuditEntry; names: Names }) {
  const { what, who, about, isTrouble } = describeAct(entry, names)
  return (
    <li class="row is-act">
      <p class="row-what">
        <b class={isTrouble ? 'is-bad' : ''}>{what}</b> {about}
      </p>
      <p class="quiet">{who}</p>
      <p class="row-when quiet">
        <When at={entry.at} />
      </p>
    </li>
  )
}
