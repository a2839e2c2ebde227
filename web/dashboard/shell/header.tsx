import { useState } from 'preact/hooks'
import { hrefOf, type Route, route } from '../address/routes.ts'
import { isEnded, isSettled, may, me, nameOfMe, type Right } from '../identity/identity.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { AccountDialog } from '../session/account-dialog.tsx'
import { askToSignIn } from '../session/sign-in.ts'

interface Link {
  readonly to: Route
  readonly text: string
  readonly icon: IconName
  readonly pages: readonly string[]
  /** Offered to those who have this right; to everybody without one. */
  readonly right?: Right
  /** Left out where there is no room: it is also on the page that the link before leads to. */
  readonly isForDesks?: boolean
}

const LINKS: readonly Link[] = [
  { to: { page: 'shows' }, text: 'Shows', icon: 'calendar', pages: ['shows', 'show'] },
  {
    to: { page: 'venues' },
    text: 'Venues',
    icon: 'venue',
    pages: ['venues', 'venue'],
    right: 'catalogue',
  },
  {
    to: { page: 'new' },
    text: 'New show',
    icon: 'plus',
    pages: ['new'],
    right: 'catalogue',
    isForDesks: true,
  },
  {
    to: { page: 'system' },
    text: 'System',
    icon: 'pulse',
    pages: ['system'],
    right: 'administer',
  },
  {
    to: { page: 'access', tab: 'people' },
    text: 'Access',
    icon: 'people',
    pages: ['access', 'key'],
    right: 'administer',
  },
]

/** The bar on top of every page: where one can go, and as whom one is here. */
export function Header() {
  return (
    <header class="top">
      <a class="top-brand" href={hrefOf({ page: 'shows' })} aria-label="Rowlock, to the shows">
        <Icon name="mark" size={26} />
        <span>Rowlock</span>
      </a>
      <nav class="top-links" aria-label="Pages">
        {LINKS.filter(({ right }) => right === undefined || may(right)).map((link) => (
          <a
            key={link.text}
            class={`top-link ${link.isForDesks === true ? 'is-for-desks' : ''}`}
            href={hrefOf(link.to)}
            aria-current={link.pages.includes(route.value.page) ? 'page' : undefined}
          >
            <Icon name={link.icon} />
            <span>{link.text}</span>
          </a>
        ))}
        <a class="top-link is-wide-only" href="/docs">
          <Icon name="docs" />
          <span>Docs</span>
        </a>
      </nav>
      {isSettled.value && <WhoButton />}
    </header>
  )
}

function WhoButton() {
  const [isOpen, open] = useState(false)
  const found = me.value
  const isIn = found !== null && !isEnded.value
  return (
    <>
      <button
        type="button"
        class={`button top-key ${isIn ? 'is-plain is-in' : ''}`}
        onClick={() => (isIn ? open(true) : askToSignIn())}
      >
        <Icon name={isIn && found.user === null ? 'key' : 'person'} />
        <span class="top-name">{isIn ? nameOfMe(found) : 'Sign in'}</span>
      </button>
      {isOpen && found !== null && <AccountDialog of={found} onClose={() => open(false)} />}
    </>
  )
}
