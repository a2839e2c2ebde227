/**
 * `npm run answers`: sells a house from the empty database to the audit log, on a real server, and
 * keeps what it answered as the examples of the API's description. What it refuses is recorded as
 * the tests provoke it, one example of each code.
 */
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newUuid } from '../src/protocol/index.ts'
import { House } from '../test/server/refusals/house.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { listen } from '../test/support/servers.ts'
import { recordRefusals } from './answers/record-refusals.ts'
import { Recorder } from './answers/recorder.ts'
import { stable } from './answers/stable.ts'
import { story } from './answers/story.ts'

const receiver = createServer((_request, response) => response.writeHead(204).end())
receiver.listen(0, '127.0.0.1')
await once(receiver, 'listening')
const database = await createTestDatabase('answers')
const server = await listen(database, { allowsLoopbackWebhooks: true })
try {
  // By a name, to which passkeys can be bound.
  const recorder = new Recorder(server.url.replace('127.0.0.1', 'localhost'))
  await story(recorder, newUuid, `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`)
  const house = await House.open(database)
  await recordRefusals(recorder, house).finally(() => house.close())
  const { answers, refusals } = recorder
  const text = JSON.stringify(stable({ answers, refusals }, recorder.startedAt), null, 2)
  await writeFile(
    new URL('../src/server/openapi/recorded-answers.json', import.meta.url),
    `${text}\n`,
  )
} finally {
  receiver.closeAllConnections()
  receiver.close()
  await server.close()
  await database.drop()
}
