import type { WebhookDelivery } from '../../../src/protocol/index.ts'
import { When } from '../parts/when.tsx'
import { count, plural } from '../time/format.ts'

const STATES = {
  delivered: ['is-good', 'Delivered'],
  waiting: ['is-held', 'Waiting'],
  failed: ['is-bad', 'Failed'],
} as const satisfies Record<WebhookDelivery['state'], readonly [string, string]>

/** Line that tells what became of one event: what came back, and what happens next. */
export function DeliveryLine({ of: delivery }: { of: WebhookDelivery }) {
  const { type, show, version, state, tries, at, nextAt, answer } = delivery
  const [look, word] = STATES[state]
  return (
    <>
      <p class="delivery-head">
        <span class={`badge ${look}`}>{word}</span> <b>{type}</b>
        {show !== null && (
          <span class="quiet">
            {show}, version {count(version ?? 0)}
          </span>
        )}
      </p>
      <p class="quiet">
        {cameBack(delivery)}, <When at={at} />
        {tries > 1 && `, ${plural(tries, 'try', 'tries')}`}
        {nextAt !== null && (
          <>
            , again <When at={nextAt} />
          </>
        )}
      </p>
      {answer !== null && answer.trim() !== '' && <pre class="delivery-answer">{answer}</pre>}
    </>
  )
}

function cameBack({ status, error, tookMs }: WebhookDelivery): string {
  const took = tookMs === null ? '' : ` in ${count(tookMs)} ms`
  return status === null ? `No answer${took}: ${error ?? 'unknown'}` : `HTTP ${status}${took}`
}
