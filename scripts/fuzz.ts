/**
 * `npm run fuzz -- --requests 100000 --seed 4711`: good and bad requests to every operation of the
 * API, on a server and a database of its own. Ends with 1 and the request to send again when an
 * answer breaks what the document says. `npm test` does the same with a few thousand.
 * `--only createPlan,createShow` keeps to some operations.
 */
import { parseArgs } from 'node:util'
import { type FuzzedServer, listenFuzzed } from '../test/security/fuzz/fuzzed-server.ts'
import { type FuzzReport, runFuzz } from '../test/security/fuzz/run-fuzz.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { OPERATOR_KEY } from '../test/support/servers.ts'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    only: { type: 'string' },
    seed: { type: 'string', default: String(Date.now()) },
  },
})
const requests = Number(values.requests)
const { seed } = values
if (!Number.isSafeInteger(requests) || requests < 1) throw new Error('--requests is a count')

let toldCount = 0

/** Tells findings as they come: a run that is stopped has told what it found. */
function showProgress({ requestCount, findings }: FuzzReport): void {
  for (const finding of findings.slice(toldCount)) tell(finding)
  toldCount = findings.length
  const line = `${requestCount} of ${requests} requests, ${findings.length} findings`
  if (process.stderr.isTTY) process.stderr.write(`\r${line} `)
  else if (requestCount % 10_000 === 0) process.stderr.write(`${line}\n`)
}

function tell({ count, offences, request, answer }: FuzzReport['findings'][number]): void {
  console.log(`\n${offences.join('; ')} (${count} times)\n  ${request}\n  ${answer}`)
}

function print(report: FuzzReport, logged: readonly string[], seconds: number): void {
  for (const finding of report.findings) tell(finding)
  for (const line of logged) console.log(`\nlogged: ${line}`)
  const statuses = [...report.statuses].toSorted(([one], [other]) => one - other)
  const done = [...report.done].toSorted(([, one], [, other]) => one - other)
  console.log(`\n${report.requestCount} requests in ${seconds.toFixed(0)} s, seed ${seed}`)
  console.log(statuses.map(([status, count]) => `${status}: ${count}`).join(', '))
  console.log(`done: ${done.map(([id, count]) => `${id} ${count}`).join(', ')}`)
  console.log(`${report.findings.length} findings, ${logged.length} lines that must not be logged`)
}

async function attack(server: FuzzedServer): Promise<boolean> {
  const startedAt = performance.now()
  const report = await runFuzz({
    url: server.url,
    operatorKey: OPERATOR_KEY,
    requests,
    seed,
    ...(values.only !== undefined && { only: values.only.split(',') }),
    onProgress: showProgress,
  })
  const logged = server.logOffences()
  print(report, logged, (performance.now() - startedAt) / 1000)
  return report.findings.length === 0 && logged.length === 0
}

console.log(`seed ${seed}`)
const database = await createTestDatabase('fuzz')
const server = await listenFuzzed(database)
try {
  if (!(await attack(server))) process.exitCode = 1
} finally {
  await server.close()
  await database.drop()
}
