import type { Webhook } from '../../../src/protocol/index.ts'
import { When } from '../parts/when.tsx'
import { plural } from '../time/format.ts'
import { webhookName } from './event-words.ts'

/** Acts of an operator on a webhook, each in a dialog. */
export type WebhookAct = 'edit' | 'test' | 'deliveries' | 'replay' | 'rotate' | 'delete'

const ACTS: readonly (readonly [act: WebhookAct, text: string])[] = [
  ['edit', 'Edit…'],
  ['test', 'Test'],
  ['deliveries', 'Deliveries'],
  ['replay', 'Replay…'],
  ['rotate', 'Rotate…'],
]

/** Reasons why nothing is sent, unless somebody turned it off. */
const WHY: Readonly<Record<string, string>> = {
  gone: 'its URL answered 410 Gone',
  failing: 'nothing has arrived for five days',
}

/** One webhook: where it points, how it is, and what can be done with it. */
export function WebhookRow(props: {
  of: Webhook
  isBusy: boolean
  onToggle: () => void
  onAct: (act: WebhookAct) => void
}) {
  const { of: webhook, isBusy, onToggle, onAct } = props
  const name = webhookName(webhook)
  const toggle = webhook.status === 'enabled' ? 'Disable' : 'Enable'
  return (
    <li class="row is-webhook">
      <div class="row-what">
        <p class="row-name">{name}</p>
        {webhook.description !== null && <p class="quiet">{webhook.url}</p>}
        <p class="quiet">
          {webhook.events?.join(', ') ?? 'all events'} · {showsOf(webhook)}
        </p>
      </div>
      <div class="row-state">
        <WebhookState of={webhook} />
      </div>
      <div class="row-actions">
        {ACTS.map(([act, text]) => (
          <button
            key={act}
            type="button"
            class="button is-small"
            aria-label={`${text.replace('…', '')}: ${name}`}
            onClick={() => onAct(act)}
          >
            {text}
          </button>
        ))}
        <button
          type="button"
          class="button is-small"
          aria-label={`${toggle}: ${name}`}
          disabled={isBusy}
          onClick={onToggle}
        >
          {toggle}
        </button>
        <button
          type="button"
          class="button is-small is-danger"
          aria-label={`Delete: ${name}`}
          onClick={() => onAct('delete')}
        >
          Delete…
        </button>
      </div>
    </li>
  )
}

function WebhookState({ of: webhook }: { of: Webhook }) {
  const { status, disabledWhy, failingSince, waiting } = webhook
  const why = WHY[disabledWhy ?? '']
  return (
    <>
      <p>
        {status === 'disabled' && (
          <>
            <span class="badge is-bad">Disabled</span> <span class="quiet">{why}</span>
          </>
        )}
        {status === 'enabled' && failingSince === null && (
          <span class="badge is-good">Enabled</span>
        )}
        {status === 'enabled' && failingSince !== null && (
          <>
            <span class="badge is-bad">Failing</span>{' '}
            <span class="quiet">
              since <When at={failingSince} />
            </span>
          </>
        )}
      </p>
      {waiting > 0 && (
        <p class="quiet">{plural(waiting, 'event waits', 'events wait')} to be sent again</p>
      )}
    </>
  )
}

function showsOf({ shows }: Webhook): string {
  if (shows === null) return 'all shows'
  return shows.length === 1 ? `only ${shows[0]}` : `only ${plural(shows.length, 'show')}`
}
