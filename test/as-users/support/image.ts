/**
 * An image without an engine for containers: each stage of the Dockerfile is a directory, in which
 * its instructions are carried out in turn. `COPY` sees exactly what `.dockerignore` lets in, `RUN`
 * sees what was copied before it, and nothing of the working copy besides. The operating system
 * below is that of whoever runs the tests: the base image has no more than Node and npm, too.
 */
import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, stat } from 'node:fs/promises'
import { basename, delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** One instruction, such as `COPY` with `src src`. */
export type Instruction = readonly [word: string, text: string]

/** Image that a container is started from. */
export interface Image {
  /** The directory that stands for `/`. */
  readonly root: string
  readonly workdir: string
  readonly environment: Readonly<Record<string, string>>
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly user: string
}

type Stages = Map<string, Image>

const EMPTY = { workdir: '/', environment: {}, entrypoint: [], command: [], user: 'root' }
/** Nothing to do for who has no engine. */
const DESCRIPTIONS = new Set(['EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK'])

const run = promisify(execFile)

/** The instructions of a Dockerfile, without comments. */
export function parseDockerfile(text: string): Instruction[] {
  const lines = text.replaceAll(/\\\n\s*/g, '').split('\n')
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const space = line.indexOf(' ')
      return [line.slice(0, space), line.slice(space + 1)]
    })
}

/** The paths that `.dockerignore` lets in. Its one form: everything is ignored, but for these. */
export function parseDockerignore(text: string): string[] {
  const [first, ...others] = text.split('\n').filter((line) => line !== '' && line[0] !== '#')
  if (first !== '*' || others.some((line) => line[0] !== '!')) {
    throw new Error('.dockerignore is to ignore everything, and to let single paths in.')
  }
  return others.map((line) => line.slice(1))
}

/** Carries out the Dockerfile of `source` below `into`; answers its last stage. */
export async function buildImage(source: string, into: string): Promise<Image> {
  const context = join(into, 'context')
  for (const path of parseDockerignore(await readFile(join(source, '.dockerignore'), 'utf8'))) {
    await cp(join(source, path), join(context, path), { recursive: true })
  }
  const stages: Stages = new Map()
  let name = ''
  for (const instruction of parseDockerfile(await readFile(join(source, 'Dockerfile'), 'utf8'))) {
    const [word, text] = instruction
    if (word === 'FROM') {
      name = text.match(/ AS (\S+)$/)?.[1] ?? 'last'
      stages.set(name, { root: join(into, name), ...EMPTY })
      await mkdir(join(into, name))
      continue
    }
    const stage = stages.get(name)
    if (stage === undefined) throw new Error(`${word} stands before FROM.`)
    stages.set(name, await carryOut(instruction, stage, stages, context))
  }
  return stages.get(name) as Image
}

async function carryOut(
  [word, text]: Instruction,
  stage: Image,
  stages: Stages,
  context: string,
): Promise<Image> {
  if (DESCRIPTIONS.has(word)) return stage
  if (word === 'USER') return { ...stage, user: text }
  if (word === 'ENTRYPOINT') return { ...stage, entrypoint: JSON.parse(text) }
  if (word === 'CMD') return { ...stage, command: JSON.parse(text) }
  if (word === 'ENV') {
    const pairs = text.split(' ').map((pair) => pair.split('='))
    return { ...stage, environment: { ...stage.environment, ...Object.fromEntries(pairs) } }
  }
  if (word === 'WORKDIR') {
    await mkdir(join(stage.root, text), { recursive: true })
    return { ...stage, workdir: text }
  }
  if (word === 'COPY') await copy(text, stage, stages, context)
  else if (word === 'RUN') await run('sh', ['-ec', text], { ...inside(stage), maxBuffer: 1e8 })
  else throw new Error(`The tests do not know ${word}.`)
  return stage
}

/** Like the engine: a directory's content, and files into a directory that ends in a slash. */
async function copy(text: string, stage: Image, stages: Stages, context: string): Promise<void> {
  const words = text.split(' ')
  const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : null
  const root = from ? stages.get(from)?.root : context
  if (root === undefined) throw new Error(`There is no stage ${from}.`)
  const target = words.pop() ?? ''
  for (const word of words) {
    const path = join(root, word)
    const isInto = target.endsWith('/') && (await stat(path)).isFile()
    const to = join(stage.root, stage.workdir, target, isInto ? basename(path) : '')
    await mkdir(dirname(to), { recursive: true })
    await cp(path, to, { recursive: true, verbatimSymlinks: true })
  }
}

/**
 * Makes the options that start a program as if it ran in the image: its directory, and its
 * environment alone.
 */
export function inside(image: Image): { cwd: string; env: NodeJS.ProcessEnv } {
  const { HOME = '/', PATH = '', TMPDIR } = process.env
  const env = {
    HOME,
    ...(TMPDIR && { TMPDIR }),
    // The Node that runs the tests is the one of the image: `.node-version` names both.
    PATH: [dirname(process.execPath), ...PATH.split(delimiter).filter(isOfSystem)].join(delimiter),
    npm_config_prefer_offline: 'true',
    ...registryOf(process.env),
    ...image.environment,
  }
  return { cwd: join(image.root, image.workdir), env }
}

/** Programs that npm has put into reach are those of the working copy. */
function isOfSystem(directory: string): boolean {
  return !directory.includes('node_modules')
}

/** Registry that npm gets its packages from, however the environment says it. */
function registryOf(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const wanted =
    /^(npm_config_(registry|cache|userconfig|cafile)|https?_proxy|no_proxy|NODE_EXTRA)/i
  return Object.fromEntries(Object.entries(environment).filter(([name]) => wanted.test(name)))
}
