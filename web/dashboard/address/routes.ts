import { computed, type ReadonlySignal, signal } from '@preact/signals'

/** The parts of a show's page. */
export const SHOW_TABS = ['seats', 'activity', 'sales', 'report', 'terms'] as const
/** One of them. */
export type ShowTab = (typeof SHOW_TABS)[number]

/** The parts of what operators look after. */
export const ACCESS_TABS = ['people', 'keys', 'webhooks', 'audit'] as const
/** One of them. */
export type AccessTab = (typeof ACCESS_TABS)[number]

/** Page that the part of the address after `#` stands for. */
export type Route =
  | { readonly page: 'shows' }
  | { readonly page: 'show'; readonly show: string; readonly tab: ShowTab }
  | { readonly page: 'new' }
  | { readonly page: 'venues' }
  | { readonly page: 'venue'; readonly venue: string }
  | { readonly page: 'system' }
  | { readonly page: 'access'; readonly tab: AccessTab }
  | { readonly page: 'key'; readonly key: string }
  | { readonly page: 'account' }
  | { readonly page: 'unknown' }

const hash = signal(location.hash)
addEventListener('hashchange', followAddress)

/** Goes where the address says. It is silent when the address was replaced and not visited. */
export function followAddress(): void {
  hash.value = location.hash
}

/** The present route; follows the address. */
export const route: ReadonlySignal<Route> = computed(() => readRoute(hash.value))

/** `#/shows/hamlet/sales` → the sales of Hamlet. */
export function readRoute(address: string): Route {
  const parts = address.replace(/^#?\/?/, '').split('/')
  const [page = '', show = '', tab = 'seats'] = parts.map(decode)
  if (page === '' || (page === 'shows' && show === '')) return { page: 'shows' }
  if (page === 'new' || page === 'system' || page === 'account') return { page }
  if (page === 'venues') return show === '' ? { page } : { page: 'venue', venue: show }
  if (page === 'access' && show === 'keys' && parts[2]) return { page: 'key', key: tab }
  const part = ACCESS_TABS.find((name) => name === (show || 'people'))
  if (page === 'access' && part !== undefined) return { page, tab: part }
  const known = SHOW_TABS.find((name) => name === tab)
  if (page === 'shows' && known !== undefined) return { page: 'show', show, tab: known }
  return { page: 'unknown' }
}

/** The address of a route, for links. */
export function hrefOf(to: Route): string {
  if (to.page === 'show') {
    return `#/shows/${encodeURIComponent(to.show)}${to.tab === 'seats' ? '' : `/${to.tab}`}`
  }
  if (to.page === 'venue') return `#/venues/${encodeURIComponent(to.venue)}`
  if (to.page === 'key') return `#/access/keys/${encodeURIComponent(to.key)}`
  if (to.page === 'access') return `#/access${to.tab === 'people' ? '' : `/${to.tab}`}`
  return to.page === 'shows' || to.page === 'unknown' ? '#/' : `#/${to.page}`
}

/** Goes there, as a link would. */
export function goTo(to: Route): void {
  location.hash = hrefOf(to)
  hash.value = location.hash
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
