import { signal } from '@preact/signals'
import type { Client } from '../../../src/client/index.ts'
import { client } from '../api/client.ts'
import { may, me, nameOfMe } from '../identity/identity.ts'
import { shortId } from '../parts/short-id.ts'

/** Names of people and keys, by their ids. */
export type Names = ReadonlyMap<string, string>

const NAMED_MAX = 1_000
const names = signal<Names>(new Map())
let askedBy: Client | null = null

/**
 * Names of people and systems that work here: for operators; nobody else may, or needs to, know.
 */
export function actorNames(): Names {
  const api = client.value
  if (may('administer') && askedBy !== api) {
    askedBy = api
    void loadNames(api).catch(() => {})
  }
  return names.value
}

/** Names whoever did something, as far as the reader may know. */
export function nameOfActor(actor: string): string {
  const mine = me.value
  if (mine !== null && actor === mine.actor) return nameOfMe(mine)
  return actorNames().get(actor) ?? shortId(actor)
}

async function loadNames(api: Client): Promise<void> {
  const limit = NAMED_MAX
  const [operators, counter, keys] = await Promise.all([
    api.listUsers({ limit, role: 'operator' }),
    api.listUsers({ limit, role: 'box_office' }),
    api.listApiKeys({ limit }),
  ])
  const found = [...operators.items, ...counter.items, ...keys.items]
  names.value = new Map(found.map(({ id, name }) => [id, name]))
}
