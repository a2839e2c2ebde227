/**
 * The proxy of the production checklist, with the very words of its page. Where there is no nginx
 * (on the PATH, or named by ROWLOCK_TEST_NGINX), one that does what these words say.
 */

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../../rig/index.ts'
import { until } from './until.ts'

const run = promisify(execFile)
const PAGE = new URL('../../docs/operating/production.md', import.meta.url)
const NGINX = process.env.ROWLOCK_TEST_NGINX ?? 'nginx'

/** A proxy that runs. */
export interface Proxy {
  readonly url: string
  readonly name: string
  close(): Promise<void>
}

/** The block of the checklist. */
export async function checklistBlock(): Promise<string> {
  const [, block] = (await readFile(PAGE, 'utf8')).match(/```nginx\n([\s\S]*?)```/) ?? []
  if (block === undefined) throw new Error('The checklist has no block for nginx.')
  return block
}

/** Pattern of the paths that the block hides. */
export function hiddenBy(block: string): RegExp {
  const [, pattern] = block.match(/location ~ (\S+) \{ return 404; \}/) ?? []
  if (pattern === undefined) throw new Error('The block hides nothing.')
  return new RegExp(pattern)
}

/** Puts the proxy in front of a server. */
export async function openProxy(server: string): Promise<Proxy> {
  const block = await checklistBlock()
  const said = await run(NGINX, ['-v']).catch(() => null)
  return said === null ? standIn(server, block) : nginx(server, block, said.stderr)
}

async function nginx(server: string, block: string, version: string): Promise<Proxy> {
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-nginx-'))
  await mkdir(join(directory, 'logs'))
  const at = (name: string) => join(directory, name)
  const subject = ['-subj', '/CN=tickets.example', '-days', '1', '-nodes']
  const files = ['-keyout', at('tickets.example.key'), '-out', at('tickets.example.pem')]
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...files])
  const port = await freePort()
  const http = block
    .replaceAll('/etc/ssl', directory)
    .replace('http://127.0.0.1:3000', server)
    .replace('listen 443', `listen 127.0.0.1:${port}`)
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${at(name)};`)
    .join('\n')
  const log = `pid ${at('pid')};\nerror_log ${at('logs/error.log')};\nevents {}\n`
  const text = `daemon off;\nuser root;\n${log}http {\naccess_log off;\n${paths}\n${http}}\n`
  await writeFile(at('nginx.conf'), text)
  const child = spawn(NGINX, ['-p', directory, '-c', at('nginx.conf'), '-e', at('logs/error.log')])
  const ended = once(child, 'exit')
  await until('nginx to listen', async () => {
    if (child.exitCode !== null) throw new Error(await readFile(at('logs/error.log'), 'utf8'))
    return await readFile(at('pid'), 'utf8').catch(() => null)
  })
  return {
    url: `https://127.0.0.1:${port}`,
    name: version.trim(),
    close: async () => {
      child.kill('SIGQUIT')
      setTimeout(() => child.kill('SIGKILL'), 2_000).unref()
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Hides what the block hides, and says of the caller what the block has nginx say. */
async function standIn(server: string, block: string): Promise<Proxy> {
  const hidden = hiddenBy(block)
  const proxy = createServer((request, response) => {
    if (hidden.test(request.url ?? '')) {
      response.writeHead(404).end('<html>404 Not Found</html>')
      return
    }
    const { host = '', ...others } = request.headers
    const [name = ''] = host.split(':')
    const headers = {
      ...others,
      host: name,
      connection: 'close',
      'x-forwarded-host': name,
      'x-forwarded-for': request.socket.remoteAddress,
      'x-forwarded-proto': 'https',
    }
    const onward = send(
      `${server}${request.url}`,
      { method: request.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    name: 'a stand-in for nginx',
    close: async () => {
      proxy.closeAllConnections()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
