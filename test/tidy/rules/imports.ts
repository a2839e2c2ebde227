import { posix } from 'node:path'
import { offence, type SourceFile } from './source-file.ts'

/** One `import … from` or `export … from` inside the repository. */
interface ImportLine {
  readonly from: SourceFile
  readonly target: string
  readonly line: number
}

const IMPORT =
  /^(?:import|export)\b[^'";]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm

/**
 * Layers that each layer may import, besides itself. Engine and auth stand side by side; the feed
 * speaks of shows in the engine's words, never the other way round. The client and the shoppers
 * that stress a server know it by what goes over the wire alone; who verifies shares no code with
 * src, and the rig that both make load with knows nothing of Rowlock.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  runtime: [],
  protocol: [],
  db: [],
  plans: ['protocol'],
  calls: ['protocol', 'db'],
  engine: ['protocol', 'db', 'plans', 'calls'],
  auth: ['protocol', 'db', 'calls'],
  feed: ['protocol', 'engine'],
  server: ['runtime', 'protocol', 'db', 'calls', 'engine', 'auth', 'feed'],
  library: ['runtime', 'db', 'engine', 'auth', 'server'],
  cli: [
    'runtime',
    'protocol',
    'db',
    'plans',
    'calls',
    'engine',
    'auth',
    'feed',
    'server',
    'client',
    'rig',
    'stress',
    'verify',
  ],
  client: ['protocol'],
  rig: [],
  stress: ['rig', 'protocol', 'client'],
  verify: ['rig'],
}

/**
 * Layers that pages may import. Readers of plans ask nothing and know no database, so that a plan
 * that is looked at in the browser is the one that will be stored.
 */
const WEB: readonly string[] = ['protocol', 'client', 'plans']

/** Imports that point up, or sideways, in the order of layers. */
export function layerOffences(files: readonly SourceFile[]): string[] {
  return importsOf(files).flatMap(({ from, target, line }) => {
    const layer = layerOf(from.path)
    const other = layerOf(target)
    if (layer === null || other === null || layer === other) return []
    if (from.path.startsWith('web/') && target.startsWith('web/')) return []
    const allowed = layer === 'web' ? WEB : LAYERS[layer]
    if (allowed === undefined) return [offence(from, line, `${layer} is no layer of LAYERS`)]
    return allowed.includes(other) ? [] : [offence(from, line, `${layer} must not import ${other}`)]
  })
}

/**
 * The dashboard's folders, in reading order: an import points only to the left. Pages stand side by
 * side and do not know each other; the shell puts them together. `webhooks` is a tab of `access`.
 */
export const DASHBOARD_FOLDERS: readonly (readonly string[])[] = [
  ['time'],
  ['identity'],
  ['address'],
  ['api'],
  ['parts'],
  ['session'],
  ['charts'],
  ['webhooks'],
  ['access', 'account', 'new-show', 'show', 'shows', 'system', 'venues'],
  ['shell'],
]

/** Imports between folders of the dashboard that point to the right, or to a page beside. */
export function dashboardOffences(files: readonly SourceFile[]): string[] {
  return importsOf(files).flatMap(({ from, target, line }) => {
    const [folder, other] = [from.path, target].map(dashboardFolder)
    if (folder == null || other == null || folder === other) return []
    const place = (name: string) => DASHBOARD_FOLDERS.findIndex((names) => names.includes(name))
    if (place(folder) === -1) return [offence(from, line, `${folder} is none of the folders`)]
    return place(other) < place(folder)
      ? []
      : [offence(from, line, `${folder} must not import ${other}`)]
  })
}

function dashboardFolder(path: string): string | null {
  return /^web\/dashboard\/([^/]+)\/[^/]+$/.exec(path)?.[1] ?? null
}

/**
 * Doors besides each folder's `index.ts`. For browsers, whose bundles must not carry zod: parts of
 * protocol without it, readers of plans one by one, and the parts of the SDK that the seat map
 * replays changes with. For the command line: what runs before everything else is loaded.
 */
const DOORS: Readonly<Record<string, readonly RegExp[]>> = {
  web: [
    /^src\/protocol\/(?:errors|labels|limits|plan|to-seat-map)\.ts$/,
    /^src\/client\/(?:clock|live-view|random-uuid)\.ts$/,
    /^src\/plans\/[\w-]+\.ts$/,
  ],
  cli: [/^src\/library\/(?:node-version|version)\.ts$/],
}

/** Imports of another layer that reach past its `index.ts`, or past that of a folder of it. */
export function backDoors(files: readonly SourceFile[]): string[] {
  return importsOf(files).flatMap(({ from, target, line }) => {
    const layer = layerOf(from.path)
    const other = layerOf(target)
    if (layer === null || other === null || layer === other) return []
    if (/\/index\.ts$/.test(target)) return []
    if (DOORS[layer]?.some((door) => door.test(target))) return []
    return [offence(from, line, `reaches past the index of ${other}, to ${target}`)]
  })
}

/** Imports that lead out of src or web: into tests, scripts or what is not there. */
export function strayImports(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path))
  return importsOf(files)
    .filter(({ from }) => /^(?:src|rig|stress|verify|web)\//.test(from.path))
    .filter(({ target }) => !paths.has(target) && !/\.(?:json|css|svg)(?:\?inline)?$/.test(target))
    .map(({ from, target, line }) => offence(from, line, `imports ${target}`))
}

function layerOf(path: string): string | null {
  if (path.startsWith('web/')) return 'web'
  if (path.startsWith('rig/')) return 'rig'
  if (path.startsWith('stress/')) return 'stress'
  if (path.startsWith('verify/')) return 'verify'
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? null
}

function importsOf(files: readonly SourceFile[]): ImportLine[] {
  return files.flatMap((from) =>
    [...from.text.matchAll(IMPORT)].flatMap((match) => {
      const specifier = match[1] ?? match[2] ?? match[3] ?? ''
      if (!specifier.startsWith('.')) return []
      const target = posix.join(posix.dirname(from.path), specifier)
      const line = from.text.slice(0, match.index).split('\n').length - 1
      return [{ from, target, line }]
    }),
  )
}
