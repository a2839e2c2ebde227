import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { type Client, createClient } from '../../../src/client/index.ts'
import { operatorKey } from '../session/operator-key.ts'
import { watchedFetch } from './reachability.ts'

/** Fewer than in programs: a person sits before the screen and can try again. */
const RETRIES = 2

const refused = signal(false)

/** The server does not know the key that is used: it was changed, or mistyped. */
export const isKeyRefused: ReadonlySignal<boolean> = refused

/** The client of this page's own server, with the operator's key while there is one. */
export const client: ReadonlySignal<Client> = computed(() => clientFor(operatorKey.value))

function clientFor(key: string | null): Client {
  refused.value = false
  return createClient({
    server: '',
    retries: RETRIES,
    ...(key !== null && { key }),
    fetch: async (input, init) => {
      const response = await watchedFetch(input, init)
      if (response.status === 401 && key !== null) refused.value = true
      return response
    },
  })
}

/** Whether the server knows a key. Rejects when the server does not answer. */
export async function isKnownKey(key: string): Promise<boolean> {
  const { status } = await watchedFetch('/v1/shows?limit=1', {
    headers: { authorization: `Bearer ${key}` },
  })
  return status !== 401
}
