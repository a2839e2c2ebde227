import { type ReadonlySignal, signal } from '@preact/signals'

/** Name under which a key is kept, for this tab only. */
const STORED_AS = 'rowlock-key'

const key = signal<string | null>(read())

/** An operator's key or an API key that was pasted by hand; null for everybody else. */
export const pastedKey: ReadonlySignal<string | null> = key

/** Keeps a key for this tab; null forgets it. Never for longer: any script could read it. */
export function keepKey(given: string | null): void {
  key.value = given
  // Where storage is switched off, the key lasts as long as the page.
  try {
    if (given === null) sessionStorage.removeItem(STORED_AS)
    else sessionStorage.setItem(STORED_AS, given)
  } catch {
    // Nothing is lost but the convenience.
  }
}

function read(): string | null {
  try {
    return sessionStorage.getItem(STORED_AS)
  } catch {
    return null
  }
}
