/** An entry of `packages` in a lockfile. */
export interface LockedPackage {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly license?: string | undefined
  readonly link?: boolean
  readonly hasInstallScript?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Rules of what packages may be like. */
export interface LockRules {
  readonly licenses: ReadonlySet<string>
  /** Other licences, by the beginning of the package's name. */
  readonly licensesOfTools: ReadonlyMap<string, string>
  /** Names of packages that may run a program when they are installed. */
  readonly installScripts: RegExp
  /** Names of packages of which one version may be there, not two. */
  readonly once: readonly string[]
  /** Entries that are of this repository. */
  readonly workspaces: readonly string[]
}

const DIGEST = /^sha512-[A-Za-z0-9+/]{86}==$/
const VERSION = /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/
const REGISTRY = 'https://registry.npmjs.org/'

/** Everything in a lockfile that would let something in which nobody has looked at. */
export function lockfileOffences(
  packages: Readonly<Record<string, LockedPackage>>,
  rules: LockRules,
): string[] {
  const foreign = Object.entries(packages).filter(([path]) => !rules.workspaces.includes(path))
  const places = foreign.map(([path]) => nameOf(path))
  const twice = rules.once.filter((name) => places.filter((place) => place === name).length > 1)
  return [
    ...foreign.flatMap(([path, entry]) => packageOffences(path, entry, rules)),
    ...twice.map((name) => `${name} is there in two versions`),
  ]
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

function packageOffences(path: string, entry: LockedPackage, rules: LockRules): string[] {
  const name = nameOf(path)
  const { version = '', integrity = '', resolved, license = 'no licence' } = entry
  const wants: [boolean, string][] = [
    [VERSION.test(version), `version ${version}`],
    [DIGEST.test(integrity), 'no SHA-512 of its content'],
    [resolved === undefined || resolved.startsWith(REGISTRY), `comes from ${resolved}`],
    [!entry.hasInstallScript || rules.installScripts.test(name), 'runs a program at install'],
    [rules.licenses.has(license) || isOfTool(name, license, rules), license],
  ]
  return wants.filter(([isGood]) => !isGood).map(([, what]) => `${path}: ${what}`)
}

function isOfTool(name: string, license: string, { licensesOfTools }: LockRules): boolean {
  return [...licensesOfTools].some(([start, own]) => name.startsWith(start) && own === license)
}
