import { type ReadonlySignal, signal } from '@preact/signals'

/** Under which the key is kept: for this tab, or until it is taken away. */
const STORED_AS = 'rowlock-operator-key'

const key = signal<string | null>(null)

/** The operator's key, or null for somebody who may look but not change anything. */
export const operatorKey: ReadonlySignal<string | null> = key

/** Takes the key from where it was kept, or from the address, now and whenever it brings one. */
export function openSession(): void {
  key.value = read(sessionStorage) ?? read(localStorage)
  takeFromAddress()
  addEventListener('hashchange', () => {
    // Whoever follows the address has seen the one with the key.
    if (takeFromAddress()) dispatchEvent(new HashChangeEvent('hashchange'))
  })
}

/**
 * The address that `serve` prints (`/#key=…`) forgets the key at once: it would stand in the
 * history, and in pictures of the screen.
 */
function takeFromAddress(): boolean {
  const given = /^#key=([^&]+)/.exec(location.hash)?.[1]
  if (given === undefined) return false
  history.replaceState(null, '', `${location.pathname}${location.search}#/`)
  signIn(decodeURIComponent(given), false)
  return true
}

/** Keeps the key for this tab; with `remember`, for this browser. */
export function signIn(given: string, remember: boolean): void {
  key.value = given
  write(sessionStorage, given)
  if (remember) write(localStorage, given)
}

/** Forgets the key everywhere. */
export function signOut(): void {
  key.value = null
  for (const storage of [sessionStorage, localStorage]) write(storage, null)
}

function read(storage: Storage): string | null {
  try {
    return storage.getItem(STORED_AS)
  } catch {
    return null
  }
}

/** Where storage is switched off, the key lasts as long as the page. */
function write(storage: Storage, value: string | null): void {
  try {
    if (value === null) storage.removeItem(STORED_AS)
    else storage.setItem(STORED_AS, value)
  } catch {
    // Nothing is lost but the convenience.
  }
}
