import { appendFile, chown, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { connectClient } from '../../src/db/connection.ts'
import type { PostgresPrograms } from './postgres-programs.ts'

/** One PostgreSQL on the loopback, which may be killed, promoted and started again. */
export class PostgresNode {
  readonly port: number
  readonly #programs: PostgresPrograms
  readonly #directory: string

  constructor(programs: PostgresPrograms, directory: string, port: number) {
    this.#programs = programs
    this.#directory = directory
    this.port = port
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`
  }

  /** An empty cluster, durable like any other. */
  async create(): Promise<void> {
    await this.#ownDirectory()
    const { run } = this.#programs
    await run('initdb', '-D', this.#directory, '-U', 'postgres', '-A', 'trust', '--data-checksums')
    await this.configure({ listen_addresses: '127.0.0.1', max_connections: '100' })
  }

  /** A standby of another node, which commits wait for where that one says so. */
  async createStandbyOf(primary: PostgresNode, name: string): Promise<void> {
    await this.createCopyOf(primary, `application_name=${name}`, '-R')
  }

  /** A base backup of another node, which comes up by itself. */
  async createCopyOf(other: PostgresNode, settings = '', ...options: string[]): Promise<void> {
    await this.#ownDirectory()
    const source = `host=127.0.0.1 port=${other.port} user=postgres ${settings}`
    const args = ['-D', this.#directory, '-d', source, '-X', 'stream', '-c', 'fast', ...options]
    await this.#programs.run('pg_basebackup', ...args)
  }

  /** Settings for the next start; later ones win. */
  async configure(settings: Readonly<Record<string, string>>): Promise<void> {
    const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`)
    await appendFile(join(this.#directory, 'postgresql.conf'), lines.join(''))
  }

  async start(): Promise<void> {
    const options = `-p ${this.port} -c unix_socket_directories=`
    const log = join(this.#directory, 'log.txt')
    const args = ['-D', this.#directory, '-w', '-t', '60', '-l', log, '-o', options]
    try {
      await this.#programs.run('pg_ctl', 'start', ...args)
    } catch (error) {
      throw new Error(`${await readFile(log, 'utf8')}`, { cause: error })
    }
  }

  async stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    await this.#programs.run('pg_ctl', 'stop', '-D', this.#directory, '-w', '-m', mode)
  }

  /** Loses power: no goodbye to anybody. */
  async kill(): Promise<void> {
    const [pid] = (await readFile(join(this.#directory, 'postmaster.pid'), 'utf8')).split('\n')
    const { rows } = await this.ask<{ pid: number }>(
      'select pid from pg_stat_activity where pid <> pg_backend_pid() union all select $1::int',
      [Number(pid)],
    )
    for (const row of rows.reverse()) killQuietly(row.pid)
    // After a power cut nobody has that number any more; here a process without a parent may.
    await rm(join(this.#directory, 'postmaster.pid'))
  }

  async promote(): Promise<void> {
    await this.#programs.run('pg_ctl', 'promote', '-D', this.#directory, '-w', '-t', '60')
  }

  async ask<Row extends object>(text: string, values: unknown[] = []): Promise<{ rows: Row[] }> {
    const client = await connectClient({ connectionString: this.url })
    try {
      return await client.query<Row>(text, values)
    } finally {
      await client.end()
    }
  }

  async #ownDirectory(): Promise<void> {
    await mkdir(this.#directory, { mode: 0o700 })
    const { account } = this.#programs
    if (account !== null) await chown(this.#directory, account.uid, account.gid)
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone with the postmaster already.
  }
}
