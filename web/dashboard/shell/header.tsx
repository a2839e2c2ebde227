import { useState } from 'preact/hooks'
import { isKeyRefused } from '../api/client.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { operatorKey } from '../session/operator-key.ts'
import { SignInDialog } from '../session/sign-in-dialog.tsx'
import { hrefOf, type Route, route } from './routes.ts'

const LINKS: readonly { to: Route; text: string; icon: IconName; pages: readonly string[] }[] = [
  { to: { page: 'shows' }, text: 'Shows', icon: 'calendar', pages: ['shows', 'show'] },
  { to: { page: 'new' }, text: 'New show', icon: 'plus', pages: ['new'] },
  { to: { page: 'system' }, text: 'System', icon: 'pulse', pages: ['system'] },
]

/** The bar on top of every page: where one can go, and as whom one is here. */
export function Header() {
  const [isOpen, open] = useState(false)
  return (
    <header class="top">
      <a class="top-brand" href={hrefOf({ page: 'shows' })} aria-label="Rowlock, to the shows">
        <Icon name="mark" size={26} />
        <span>Rowlock</span>
      </a>
      <nav class="top-links" aria-label="Pages">
        {LINKS.map(({ to, text, icon, pages }) => (
          <a
            key={text}
            class="top-link"
            href={hrefOf(to)}
            aria-current={pages.includes(route.value.page) ? 'page' : undefined}
          >
            <Icon name={icon} />
            <span>{text}</span>
          </a>
        ))}
        <a class="top-link is-wide-only" href="/docs">
          <Icon name="docs" />
          <span>API</span>
        </a>
      </nav>
      <KeyButton onOpen={() => open(true)} />
      {isOpen && <SignInDialog onClose={() => open(false)} />}
    </header>
  )
}

function KeyButton({ onOpen }: { onOpen: () => void }) {
  const isRefused = isKeyRefused.value
  const isIn = operatorKey.value !== null && !isRefused
  return (
    <button type="button" class={`button top-key ${isIn ? 'is-plain' : ''}`} onClick={onOpen}>
      <Icon name={isRefused ? 'warning' : 'key'} />
      <span>{isRefused ? 'Key refused' : isIn ? 'Operator' : 'Sign in'}</span>
    </button>
  )
}
