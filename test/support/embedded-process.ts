/**
 * `node embedded-process.ts <data directory>`: runs an embedded PostgreSQL until standard input
 * ends. Writes one line of JSON when it is up: a process that tests can kill.
 */
import { startEmbedded } from '../../src/db/embedded.ts'

const messages: string[] = []
const database = await startEmbedded({
  dataDir: process.argv[2] ?? '',
  log: (message) => messages.push(message),
})
const { postmasterPid, ownerConfig, adopted } = database
console.log(JSON.stringify({ postmasterPid, ownerConfig, adopted, messages }))
for await (const _ of process.stdin);
await database.stop()
