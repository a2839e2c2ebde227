/** The package as it would be published, installed in an empty project. */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cleanEnvironment } from '../../support/command-line.ts'
import { madeOnce } from '../../support/made-once.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const run = promisify(execFile)

/** A project that has installed our packages. */
export interface PackageProject {
  readonly directory: string
  /** List by npm of each tarball: its files and sizes. */
  readonly packed: readonly Packed[]
  /** Runs a program in the project; fails with what it said. */
  run(program: string, args: readonly string[], environment?: Environment): Promise<string>
  write(name: string, text: string): Promise<void>
}

/** A tarball, as `npm pack --json` describes it. */
export interface Packed {
  readonly name: string
  readonly filename: string
  readonly size: number
  readonly files: readonly { path: string; size: number }[]
}

type Environment = Readonly<Record<string, string>>

/** Npm and node without anything of the working copy; what was downloaded before is used again. */
export function outside(environment: Environment = {}): NodeJS.ProcessEnv {
  const { PATH = '', ...others } = cleanEnvironment(environment)
  const ofSystem = PATH.split(delimiter).filter((path) => !path.includes('node_modules'))
  const foreign = /^npm_(lifecycle|package|config_local|node)/
  return {
    ...Object.fromEntries(Object.entries(others).filter(([name]) => !foreign.test(name))),
    PATH: [dirname(process.execPath), ...ofSystem].join(delimiter),
    npm_config_prefer_offline: 'true',
  }
}

/** The packages that are published. */
const WORKSPACES = {
  rowlock: ['rowlock'],
  browser: ['@rowlock/client', '@rowlock/seat-map'],
  all: ['rowlock', '@rowlock/client', '@rowlock/seat-map'],
} as const
/** File with what `npm pack` says of the tarballs beside it. */
const LIST = 'packed.json'

/** Our packages, or those of them, packed from a copy of the working copy: once for all tests. */
export async function packPackages(
  which: keyof typeof WORKSPACES,
): Promise<readonly (Packed & { readonly path: string })[]> {
  const directory = await madeOnce('packages', await sourcePaths(), packAll)
  const list = JSON.parse(await readFile(join(directory, LIST), 'utf8')) as readonly Packed[]
  return WORKSPACES[which].map((name) => {
    const packed = list.find((one) => one.name === name)
    if (packed === undefined) throw new Error(`${name} was not packed.`)
    return { ...packed, path: join(directory, packed.filename) }
  })
}

/** The tarballs, and the list of what is in them; what the working copy has built is left alone. */
async function packAll(directory: string): Promise<void> {
  // Not below node_modules, where Node takes no types out.
  const source = await mkdtemp(join(tmpdir(), 'rowlock-package-'))
  after(() => rm(source, { recursive: true, force: true, maxRetries: 50 }))
  await copySources(source)
  await symlink(join(ROOT, 'node_modules'), join(source, 'node_modules'))
  const there = { cwd: source, env: outside(), maxBuffer: 1e8 }
  // One build for all of them: each would begin with its own.
  await run('npm', ['run', 'build:packages'], there)
  const workspaces = WORKSPACES.browser.map((name) => `--workspace=${name}`)
  const what = ['--include-workspace-root', ...workspaces, `--pack-destination=${directory}`]
  const pack = ['pack', '--json', '--silent', '--ignore-scripts', ...what]
  const { stdout } = await run('npm', pack, there)
  await writeFile(join(directory, LIST), JSON.stringify(packedOf(stdout)))
}

/** Installs our packages, as they would be published, in an empty project. */
export async function usePackageProject(
  which: keyof typeof WORKSPACES,
  others: readonly string[],
): Promise<PackageProject> {
  const packed = await packPackages(which)
  const base = await mkdtemp(join(tmpdir(), 'rowlock-project-'))
  after(() => rm(base, { recursive: true, force: true, maxRetries: 50 }))
  const directory = join(base, 'an empty project')
  await mkdir(directory)
  const project = projectIn(directory, packed)
  await project.write('package.json', '{ "private": true, "type": "module" }')
  const tarballs = packed.map(({ path }) => path)
  await project.run('npm', ['install', '--no-fund', '--no-audit', ...tarballs, ...others])
  return project
}

/** Copies what a clone would have, with what is not committed yet. */
export async function copySources(to: string): Promise<void> {
  for (const path of await sourcePaths()) {
    await cp(join(ROOT, path), join(to, path)).catch(() => {})
  }
}

async function sourcePaths(): Promise<readonly string[]> {
  const env = { cwd: ROOT, maxBuffer: 1e8 }
  const { stdout } = await run(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard'],
    env,
  )
  return stdout.split('\n').filter((line) => line !== '')
}

/** Scripts that npm runs before may print, too. */
function packedOf(stdout: string): Packed[] {
  const value: unknown = JSON.parse(stdout.slice(stdout.search(/^[[{]/m)))
  return Array.isArray(value) ? value : Object.values(value as Record<string, Packed>)
}

function projectIn(directory: string, packed: readonly Packed[]): PackageProject {
  return {
    directory,
    packed,
    run: async (program, args, environment) => {
      const options = { cwd: directory, env: outside(environment), maxBuffer: 1e8 }
      try {
        return (await run(program, [...args], options)).stdout
      } catch (error) {
        const { stdout, stderr } = error as { stdout?: string; stderr?: string }
        throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`, { cause: error })
      }
    },
    write: (name, text) => writeFile(join(directory, name), text),
  }
}

/** The sources of an example, importing the package instead of the repository. */
export async function exampleFor(name: string): Promise<string> {
  const text = await readFile(join(ROOT, 'examples', name), 'utf8')
  return text.replaceAll(/'\.\.\/src\/client\/index\.ts'/g, "'rowlock/client'")
}
