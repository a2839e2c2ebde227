import { ACCESS_TABS, type AccessTab, hrefOf } from '../address/routes.ts'
import { useTitle } from '../address/title.ts'
import { may } from '../identity/identity.ts'
import { SignInHint } from '../session/sign-in-hint.tsx'
import { WebhooksTab } from '../webhooks/webhooks-tab.tsx'
import { AuditTab } from './audit-tab.tsx'
import { KeysTab } from './keys-tab.tsx'
import { PeopleTab } from './people-tab.tsx'

const NAMES: Readonly<Record<AccessTab, string>> = {
  people: 'People',
  keys: 'API keys',
  webhooks: 'Webhooks',
  audit: 'Audit log',
}

/** Page about who may do what, and who changed that: for operators. */
export function AccessPage({ tab }: { tab: AccessTab }) {
  useTitle(NAMES[tab])
  return (
    <section class="page">
      <div class="page-head">
        <h1>Access</h1>
      </div>
      {may('administer') ? (
        <>
          <nav class="tabs access-tabs" aria-label="Parts of access">
            {ACCESS_TABS.map((one) => (
              <a
                key={one}
                class="tab"
                href={hrefOf({ page: 'access', tab: one })}
                aria-current={one === tab ? 'page' : undefined}
              >
                {NAMES[one]}
              </a>
            ))}
          </nav>
          {tab === 'people' && <PeopleTab />}
          {tab === 'keys' && <KeysTab />}
          {tab === 'webhooks' && <WebhooksTab />}
          {tab === 'audit' && <AuditTab />}
        </>
      ) : (
        <SignInHint>
          Sign in as an operator to see people, API keys, webhooks and the audit log.
        </SignInHint>
      )}
    </section>
  )
}
