import assert from 'node:assert/strict'
import { newKey, type Person } from './person.ts'
import { eatReply } from './reply-eater.ts'

/** Sends a request of which the client never sees the answer, although it was done. */
export async function loseReply(person: Person, path: string, body?: unknown): Promise<void> {
  const eater = await eatReply(person.serverUrl)
  const { serverUrl } = person
  person.serverUrl = eater.url
  try {
    await assert.rejects(person.send('POST', path, body, { key: newKey() }))
  } finally {
    person.serverUrl = serverUrl
    await eater.close()
  }
}
