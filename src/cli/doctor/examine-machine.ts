import { statfs } from 'node:fs/promises'
import { type Configuration, LOOPBACK } from '../configuration/read-configuration.ts'
import { type Finding, ok, problem, unknown, warning } from './finding.ts'

const GIGABYTE = 1_073_741_824
const FREE_BYTES = { warning: 5 * GIGABYTE, problem: GIGABYTE }

/** Examines what the configuration and this machine say by themselves. */
export async function examineMachine(
  configuration: Configuration,
  dataDir: string | null,
): Promise<Finding[]> {
  return [await disk(dataDir), limits(configuration), proxy(configuration), key(configuration)]
}

/** Finds how much room an embedded database has left; no function of PostgreSQL tells. */
async function disk(dataDir: string | null): Promise<Finding> {
  if (dataDir === null) {
    const remedy = 'Watch the disk of the database: node_exporter, or the service itself.'
    return unknown('disk', 'the database is on another machine', remedy)
  }
  const { bavail, bsize } = await statfs(dataDir)
  const free = bavail * bsize
  const finding = `${(free / GIGABYTE).toFixed(1)} GB free at ${dataDir}`
  if (free > FREE_BYTES.warning) return ok('disk', finding)
  const say = free > FREE_BYTES.problem ? warning : problem
  return say('disk', finding, 'Free some space: a full disk sells nothing.')
}

function limits({ limits, host }: Configuration): Finding {
  if (limits !== null) return ok('limits', 'on')
  if (LOOPBACK.test(host)) return ok('limits', 'off, while only this machine reaches the server')
  return problem('limits', 'off, and the server is open to the network', 'Unset ROWLOCK_LIMITS.')
}

function proxy({ trustProxy, host, drainMs }: Configuration): Finding {
  const isOpen = !LOOPBACK.test(host)
  if (trustProxy === true) {
    const remedy = 'Name its addresses, such as ROWLOCK_TRUST_PROXY=10.0.0.0/8.'
    return warning('proxy', 'anyone who reaches the server can claim any address', remedy)
  }
  if (trustProxy === false) {
    if (!isOpen) return ok('proxy', 'none')
    const remedy = 'Name it in ROWLOCK_TRUST_PROXY: without one, nothing speaks TLS.'
    return warning('proxy', 'none is trusted', remedy)
  }
  if (drainMs > 0) return ok('proxy', `trusted: ${trustProxy.join(', ')}`)
  const remedy = "Set ROWLOCK_DRAIN_SECONDS to twice the interval of its checks of '/health/ready'."
  return warning('proxy', 'a stopping server closes before the proxy notices', remedy)
}

function key({ operatorKey, databaseUrl }: Configuration): Finding {
  if (operatorKey !== null) return ok('operator key', 'set')
  if (databaseUrl === null) return ok('operator key', 'kept in the data directory')
  const remedy = 'Set ROWLOCK_OPERATOR_KEY, the same on all servers.'
  return warning('operator key', 'each server generates its own at every start', remedy)
}
