import { computed, type ReadonlySignal } from '@preact/signals'
import { type Client, createClient } from '../../../src/client/index.ts'
import { actor, noteEnd } from '../identity/identity.ts'
import { pastedKey } from '../identity/pasted-key.ts'
import { watchedFetch } from './reachability.ts'

/** Fewer than in programs: a person sits before the screen and can try again. */
const RETRIES = 2
const REFRESH = '/v1/sessions/refresh'

/**
 * The client of this page's own server, as whoever is signed in. Another person gets another one,
 * so that everything is asked for anew; signing in again as the same one changes nothing.
 */
export const client: ReadonlySignal<Client> = computed(() => {
  actor.value
  return clientFor(pastedKey.value)
})

function clientFor(key: string | null): Client {
  return createClient({
    server: '',
    retries: RETRIES,
    ...(key === null ? { cookies: true } : { key }),
    fetch: async (input, init) => {
      const response = await watchedFetch(input, init)
      // With cookies the first 401 is answered by a renewal; only where that fails, it is over.
      const isFinal = key !== null || String(input) === REFRESH
      if (response.status === 401 && isFinal) noteEnd()
      return response
    },
  })
}
