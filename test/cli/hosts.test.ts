/**
 * Test of what `deploy/`, Procfile and app.json say to hosts, where Rowlock itself has to agree.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { parse, parseAllDocuments } from 'yaml'
import { readConfiguration } from '../../src/cli/configuration/read-configuration.ts'
import { SETTINGS } from '../../src/cli/configuration/settings.ts'
import { parseDockerfile } from '../as-users/support/image.ts'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8')
const READY = '/health/ready'
/** Variables of the host or of a library, and none of our settings. */
const FOREIGN = new Set(['NODE_ENV', 'PGSSLMODE'])

type Environment = Record<string, string>

/** The environment as a server would read it: known names, valid values, no warnings. */
function assertAccepted(environment: Environment): void {
  for (const name of Object.keys(environment)) {
    assert.ok(name in SETTINGS || FOREIGN.has(name), name)
  }
  const own = Object.entries(environment).filter(([name]) => name in SETTINGS)
  const { host, trustProxy, warnings } = readConfiguration(Object.fromEntries(own))
  assert.deepEqual(warnings, [])
  assert.equal(host, '0.0.0.0')
  assert.ok(Array.isArray(trustProxy), 'the proxy is named')
}

const seconds = (value: unknown) => Number.parseInt(String(value), 10)

/** Environment of the image: what a host that runs it need not say. */
async function imageEnvironment(): Promise<Environment> {
  const instructions = parseDockerfile(await read('Dockerfile'))
  const texts = instructions.filter(([word]) => word === 'ENV').map(([, text]) => text)
  return Object.fromEntries(texts.flatMap((text) => text.split(' ')).map((pair) => pair.split('=')))
}

describe('Kubernetes', async () => {
  const documents = async (name: string) =>
    parseAllDocuments(await read(`deploy/kubernetes/${name}.yaml`), { merge: true }).map((each) =>
      each.toJS(),
    )
  const [deployment, service, budget] = await documents('server')
  const [migration] = await documents('migrate')
  const [ingress] = await documents('ingress')
  const [monitor] = await documents('servicemonitor')
  const pod = deployment.spec.template
  const [server] = pod.spec.containers
  const environment = Object.fromEntries(
    server.env.map(({ name, value }: { name: string; value: string }) => [name, value]),
  )

  it('names what it applies', async () => {
    const { resources } = parse(await read('deploy/kubernetes/kustomization.yaml'))
    for (const name of resources) assert.ok((await read(`deploy/kubernetes/${name}`)).length > 0)
  })

  it('sets what Rowlock knows, and gives no server the URL of the owner', () => {
    assertAccepted(environment)
    const secret = ({ envFrom }: { envFrom: { secretRef: { name: string } }[] }) =>
      envFrom.map(({ secretRef }) => secretRef.name)
    assert.deepEqual(secret(server), ['rowlock-server'])
    const [migrator] = migration.spec.template.spec.containers
    assert.deepEqual(secret(migrator), ['rowlock-owner'])
    assert.deepEqual(migrator.args, ['migrate'])
  })

  it('has two servers, replaced one more before one less, and one away at most', () => {
    assert.ok(deployment.spec.replicas >= 2)
    assert.equal(deployment.spec.strategy.rollingUpdate.maxUnavailable, 0)
    assert.equal(budget.spec.maxUnavailable, 1)
    for (const { matchLabels } of [deployment.spec.selector, budget.spec.selector]) {
      assert.deepEqual(matchLabels, pod.metadata.labels)
    }
    assert.deepEqual(service.spec.selector, pod.metadata.labels)
    assert.deepEqual(monitor.spec.selector.matchLabels, service.metadata.labels)
  })

  it('asks readiness where the database counts, and life where it does not', () => {
    assert.equal(server.readinessProbe.httpGet.path, READY)
    assert.equal(server.livenessProbe.httpGet.path, '/health/live')
    assert.equal(server.startupProbe.httpGet.path, '/health/live')
    assert.equal(monitor.spec.endpoints[0].path, '/metrics')
    assert.equal(String(server.ports[0].containerPort), environment.PORT)
  })

  it('gives a server more time to stop than it takes', () => {
    const drain = seconds(environment.ROWLOCK_DRAIN_SECONDS)
    const taken = drain + seconds(environment.ROWLOCK_SHUTDOWN_SECONDS)
    // By then the readiness probe has failed as often as it takes.
    const { periodSeconds, failureThreshold } = server.readinessProbe
    assert.ok(drain > periodSeconds * failureThreshold)
    assert.ok(pod.spec.terminationGracePeriodSeconds > taken)
  })

  it('lets nobody outside see health and metrics', () => {
    const paths = ingress.spec.rules[0].http.paths as { path: string; pathType: string }[]
    for (const { path, pathType } of paths) {
      assert.ok(pathType === 'Exact' || !`${READY} /metrics`.includes(path), path)
    }
    assert.ok(paths.some(({ path }) => path === '/v1'))
  })
})

describe('Render', async () => {
  const { services, databases } = parse(await read('deploy/render/render.yaml'))
  const [web] = services

  it('migrates first, asks for readiness, and waits longer than stopping takes', async () => {
    assert.match(web.preDeployCommand, /main\.js migrate$/)
    assert.equal(web.healthCheckPath, READY)
    const given: [string, string][] = web.envVars.map(
      ({ key, value }: { key: string; value?: string }) => [key, value ?? ''],
    )
    const environment = Object.fromEntries(given)
    assertAccepted({ ...(await imageEnvironment()), ...environment })
    assert.ok(web.maxShutdownDelaySeconds > seconds(environment.ROWLOCK_SHUTDOWN_SECONDS))
    const [database] = web.envVars.filter(({ key }: { key: string }) => key === 'DATABASE_URL')
    assert.equal(database.fromDatabase.name, databases[0].name)
    assert.deepEqual(databases[0].ipAllowList, [])
  })
})

describe('Railway', async () => {
  const { build, deploy } = JSON.parse(await read('deploy/railway/railway.json'))

  it('migrates first, asks for readiness, and waits longer than stopping takes', () => {
    assert.match(deploy.preDeployCommand[0], /main\.js migrate$/)
    assert.equal(deploy.healthcheckPath, READY)
    assert.equal(build.dockerfilePath, 'Dockerfile')
    assert.ok(deploy.drainingSeconds > seconds(SETTINGS.ROWLOCK_SHUTDOWN_SECONDS.fallback))
  })
})

describe('Fly', async () => {
  const text = await read('deploy/fly/fly.toml')
  const env = text.match(/^\[env\]\n((?: {2}.*\n)+)/m)?.[1] ?? ''
  const pairs = [...env.matchAll(/^ {2}(\w+) = "(.*)"$/gm)].map(([, name, value]) => [name, value])
  const environment = Object.fromEntries(pairs)

  it('migrates first, asks for readiness, and waits longer than stopping takes', () => {
    assert.match(text, /^ {2}release_command = "migrate"$/m)
    assert.match(text, /^ {4}path = "\/health\/ready"$/m)
    assertAccepted(environment)
    const wait = seconds(text.match(/^kill_timeout = (\d+)$/m)?.[1])
    assert.ok(wait > seconds(environment.ROWLOCK_SHUTDOWN_SECONDS))
    assert.match(text, new RegExp(`^ {2}internal_port = ${environment.PORT}$`, 'm'))
  })
})

describe('Buildpacks', async () => {
  it('build, migrate and serve what package.json builds', async () => {
    const { bin, scripts } = JSON.parse(await read('package.json'))
    const processes = parse(await read('Procfile'))
    assert.equal(processes.web, `node ${bin.rowlock} serve`)
    assert.equal(processes.release, `node ${bin.rowlock} migrate`)
    assert.ok(scripts.build)
    const { env } = JSON.parse(await read('app.json'))
    const named = Object.entries(env as Record<string, { value?: string }>)
    const values = named.flatMap(([name, { value }]) =>
      value === undefined ? [] : [[name, value]],
    )
    assertAccepted(Object.fromEntries(values))
  })
})

describe('systemd', async () => {
  it('runs what the package has, and waits longer than stopping takes', async () => {
    const { bin } = JSON.parse(await read('package.json'))
    const server = await read('deploy/systemd/rowlock@.service')
    const migration = await read('deploy/systemd/rowlock-migrate.service')
    assert.ok(server.includes(`node_modules/rowlock/${bin.rowlock} serve\n`))
    assert.ok(migration.includes(`node_modules/rowlock/${bin.rowlock} migrate\n`))
    const wait = seconds(server.match(/^TimeoutStopSec=(\d+)s$/m)?.[1])
    assert.ok(wait > seconds(SETTINGS.ROWLOCK_SHUTDOWN_SECONDS.fallback))
    const secrets = [server, migration].map((unit) => unit.match(/^EnvironmentFile=(.*)$/m)?.[1])
    assert.deepEqual(secrets, ['/etc/rowlock/server.env', '/etc/rowlock/owner.env'])
  })
})

describe('two servers behind a proxy', async () => {
  const file = parse(await read('deploy/compose/two-servers.yaml'), { merge: true })
  const { proxy, postgres, migrate, ...services } = file.services
  const servers = [services['server-1'], services['server-2']]

  it('are on networks of their own: only the proxy is reached from outside', () => {
    assert.deepEqual(postgres.networks, ['database'])
    assert.deepEqual(proxy.networks, ['servers', 'public'])
    assert.equal(file.networks.database.internal, true)
    assert.equal(file.networks.servers.internal, true)
    for (const server of servers) {
      assert.deepEqual(server.networks, ['database', 'servers'])
      assert.equal(server.ports, undefined)
      assert.equal(server.environment.ROWLOCK_MIGRATION_URL, undefined)
    }
    for (const port of proxy.ports) assert.match(port, /^127\.0\.0\.1:/)
    assert.equal(migrate.restart, 'no')
  })

  it('trust the network of the proxy, and are named as it names them', async () => {
    const [{ subnet }] = file.networks.servers.ipam.config
    const names = (await read('deploy/compose/nginx.conf')).matchAll(/^ {4}server (\S+):(\d+) /gm)
    const upstream = [...names].map(([, name, port]) => [name, port])
    assert.deepEqual(upstream, [
      ['server-1', '3000'],
      ['server-2', '3000'],
    ])
    for (const { environment, stop_grace_period } of servers) {
      assert.equal(environment.ROWLOCK_TRUST_PROXY, subnet)
      const { DATABASE_URL, ROWLOCK_OPERATOR_KEY, ROWLOCK_DEMO, LOG_LEVEL, ...plain } = environment
      assertAccepted(plain)
      assert.ok(seconds(stop_grace_period) > seconds(environment.ROWLOCK_SHUTDOWN_SECONDS))
    }
  })
})

describe('a small cluster of Citus', async () => {
  const file = parse(await read('deploy/compose/citus.yaml'), { merge: true })
  const { server, migrate, join, ...nodes } = file.services
  const [coordinator] = Object.keys(nodes)
  const flags = (command: string[]) =>
    Object.fromEntries(command.slice(1).map((flag) => flag.slice(2).split('=')))

  it('keeps each node on a volume of its own, and on a network that nobody else is on', () => {
    assert.equal(file.networks.database.internal, true)
    for (const [name, { volumes, networks, ports }] of Object.entries<Node>(nodes)) {
      assert.deepEqual(volumes, [`${name}:/var/lib/postgresql/data`])
      assert.ok(name in file.volumes, name)
      assert.deepEqual([networks, ports], [['database'], undefined])
    }
    for (const port of server.ports) assert.match(port, /^127\.0\.0\.1:/)
  })

  it('gives its nodes what the page about Citus asks for, and turns nothing off', async () => {
    const page = await read('docs/operating/citus.md')
    for (const { command } of Object.values<Node>(nodes)) {
      const set = flags(command)
      for (const name of Object.keys(set)) assert.doesNotMatch(name, /fsync|full-page|commit/)
      assert.equal(set['shared-preload-libraries'], 'citus')
      assert.equal(set['wal-level'], 'logical')
      assert.equal(set['max-prepared-transactions'], set['max-connections'])
    }
    assert.match(page, /`shared_preload_libraries = 'citus'`, `wal_level = 'logical'`/)
  })

  it('joins all its nodes, then migrates, then serves', async () => {
    const sql = await read('deploy/compose/citus.sql')
    const named = [...sql.matchAll(/citus_\w+\('([^']+)', 5432/g)].map(([, name]) => name)
    assert.deepEqual([...new Set(named)].sort(), Object.keys(nodes).sort())
    for (const name of Object.keys(nodes)) {
      assert.equal(join.depends_on[name].condition, 'service_healthy')
    }
    const after = 'service_completed_successfully'
    assert.equal(migrate.depends_on.join.condition, after)
    assert.equal(server.depends_on.migrate.condition, after)
    assert.deepEqual(migrate.command.slice(0, 2), ['migrate', '--citus'])
  })

  it('serves on the coordinator with what Rowlock knows, and longer than stopping takes', () => {
    for (const { environment } of [migrate, server]) {
      for (const name of Object.keys(environment)) assert.ok(name in SETTINGS, name)
      assert.equal(new URL(withPassword(environment.DATABASE_URL)).hostname, coordinator)
    }
    const own = { ...server.environment, DATABASE_URL: 'postgres://rowlock@coordinator/rowlock' }
    const { ROWLOCK_OPERATOR_KEY, ...plain } = own
    assert.equal(readConfiguration(plain).host, '0.0.0.0')
    const taken = seconds(SETTINGS.ROWLOCK_SHUTDOWN_SECONDS.fallback)
    assert.ok(seconds(server.stop_grace_period) > taken)
  })

  it('knows no password by itself', () => {
    assert.doesNotMatch(JSON.stringify(file), /PASSWORD:-/)
    for (const { environment } of Object.values<Node>(nodes)) {
      assert.match(environment.POSTGRES_PASSWORD ?? '', /^\$\{POSTGRES_PASSWORD:\?/)
    }
  })
})

interface Node {
  readonly command: string[]
  readonly environment: Environment
  readonly networks: string[]
  readonly ports?: string[]
  readonly volumes: string[]
}

const withPassword = (url: string) => url.replace(/\$\{[^}]*\}/, 'secret')
