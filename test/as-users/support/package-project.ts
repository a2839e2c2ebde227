/** The package as it would be published, installed in an empty project. */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cleanEnvironment } from '../../support/command-line.ts'

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

/** The packages that are published, as `npm pack` is told of them. */
export const WORKSPACES = {
  rowlock: ['--include-workspace-root', '--workspaces=false'],
  browser: ['--workspace=@rowlock/client', '--workspace=@rowlock/seat-map'],
  all: ['--include-workspace-root', '--workspace=@rowlock/client', '--workspace=@rowlock/seat-map'],
} as const

/** Packs a copy of the working copy, so that what it has built is left alone. */
export async function packPackages(
  which: keyof typeof WORKSPACES,
): Promise<readonly (Packed & { readonly path: string })[]> {
  const base = await mkdtemp(join(tmpdir(), 'rowlock-package-'))
  after(() => rm(base, { recursive: true, force: true, maxRetries: 50 }))
  const source = join(base, 'source')
  await copySources(source)
  await symlink(join(ROOT, 'node_modules'), join(source, 'node_modules'))
  const there = { cwd: source, env: outside(), maxBuffer: 1e8 }
  // One build for all of them: each would begin with its own.
  await run('npm', ['run', 'build:packages'], there)
  const pack = ['pack', '--json', '--silent', '--ignore-scripts', ...WORKSPACES[which]]
  const { stdout } = await run('npm', pack, there)
  return packedOf(stdout).map((packed) => ({ ...packed, path: join(source, packed.filename) }))
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
  const env = { cwd: ROOT, maxBuffer: 1e8 }
  const { stdout } = await run(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard'],
    env,
  )
  for (const path of stdout.split('\n').filter((line) => line !== '')) {
    await cp(join(ROOT, path), join(to, path)).catch(() => {})
  }
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
