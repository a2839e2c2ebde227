import assert from 'node:assert/strict'
import { BadLine } from '../../support/bad-line.ts'
import { newKey, type Person } from './person.ts'

/** Sends a request of which the client never sees the answer, although it was done. */
export async function loseReply(person: Person, path: string, body?: unknown): Promise<void> {
  const line = await BadLine.open([person.serverUrl])
  line.fateOf = () => ({ kind: 'eat', afterBytes: 1 })
  const { serverUrl } = person
  person.serverUrl = line.url
  try {
    await assert.rejects(person.send('POST', path, body, { key: newKey() }))
  } finally {
    person.serverUrl = serverUrl
    await line.close()
  }
}
