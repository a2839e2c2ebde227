/**
 * `node test/support/with-cluster.ts -- command …` runs a command while the test cluster is
 * up, and ends when the cluster has stopped, so that a test run leaves no process behind. With
 * `ROWLOCK_TEST_DATABASE_URL` set, the tests use that PostgreSQL and none is started.
 */
import '../../scripts/bring-tools.mjs'
import { spawn } from 'node:child_process'
import { leaseCluster } from './cluster.ts'

const [command, ...args] = process.argv.slice(process.argv[2] === '--' ? 3 : 2)
if (command === undefined) throw new Error('Say what to run: with-cluster.ts -- command …')

const isExternal = Boolean(
  process.env.ROWLOCK_TEST_DATABASE_URL || process.env.ROWLOCK_TEST_CITUS_URL,
)
const lease = isExternal ? null : await leaseCluster()
const child = spawn(command, args, { stdio: 'inherit' })
// Ctrl-C reaches the command, too; we stay until it has ended and the cluster has stopped.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
const code = await new Promise<number>((resolve) => {
  child.once('error', () => resolve(127))
  child.once('exit', (exitCode) => resolve(exitCode ?? 1))
})
await lease?.leave()
process.exit(code)
