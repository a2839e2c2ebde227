import { Fragment } from 'preact'
import type { ApiKey } from '../../../src/protocol/index.ts'
import { hrefOf } from '../address/routes.ts'
import { When } from '../parts/when.tsx'
import { nameOfActor } from '../session/actor-names.ts'
import { MEANINGS } from './scope-choice.tsx'

/** Tells what a key may do, for which shows, and who made it. */
export function KeyFacts({ of: key }: { of: ApiKey }) {
  return (
    <div class="card key-facts">
      <dl class="facts">
        {key.scopes.map((scope) => (
          <Fragment key={scope}>
            <dt>
              <span class="badge">{scope}</span>
            </dt>
            <dd>{MEANINGS[scope]}</dd>
          </Fragment>
        ))}
        <dt>Shows</dt>
        <dd>{key.shows === null ? 'all' : <ShowLinks shows={key.shows} />}</dd>
        <dt>Created</dt>
        <dd>
          <When at={key.createdAt} /> by {creatorOf(key)}
        </dd>
        <dt>Id</dt>
        <dd>
          <code>{key.id}</code>
        </dd>
      </dl>
    </div>
  )
}

function ShowLinks({ shows }: { shows: readonly string[] }) {
  return shows.map((show, place) => (
    <Fragment key={show}>
      {place > 0 && ', '}
      <a href={hrefOf({ page: 'show', show, tab: 'seats' })}>{show}</a>
    </Fragment>
  ))
}

function creatorOf({ createdBy }: ApiKey): string {
  if (createdBy === 'operator') return 'the operator key'
  return createdBy === 'cli' ? 'the command line' : nameOfActor(createdBy)
}
