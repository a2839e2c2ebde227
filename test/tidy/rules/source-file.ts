import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { blankText } from './blank-text.ts'

/** A file of the repository, as the rules see it. */
export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string
  readonly text: string
  /** The text with comments and the inside of strings made blank; lines and columns stay. */
  readonly code: string
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const LEFT_OUT = /(^|\/)(node_modules|dist|fixtures|coverage|test-output)(\/|$)/

/** Our own files below some directories, with one of the endings. Missing directories are empty. */
export function sourceFiles(
  directories: readonly string[],
  endings: readonly string[],
): SourceFile[] {
  return directories.flatMap((directory) =>
    namesBelow(directory)
      .filter((path) => endings.some((ending) => path.endsWith(ending)))
      .filter((path) => !LEFT_OUT.test(path))
      .map((path) => sourceFile(path, readFileSync(`${ROOT}${path}`, 'utf8'))),
  )
}

/** A file with the given text; what rules are tried on. */
export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, code: blankText(text, path.endsWith('.sql') ? 'sql' : 'ts') }
}

/** One file of the repository, or null when there is none. */
export function readSource(path: string): string | null {
  try {
    return readFileSync(`${ROOT}${path}`, 'utf8')
  } catch {
    return null
  }
}

/** Everything below a directory, sorted, so that messages are the same everywhere. */
function namesBelow(directory: string): string[] {
  try {
    return readdirSync(`${ROOT}${directory}`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'))
      .map((path) => path.slice(ROOT.replaceAll('\\', '/').length))
      .sort()
  } catch {
    return []
  }
}

/** The root of the repository, for tools that have to run there. */
export const ROOT_DIR = ROOT

/** `src/a.ts:12: message`, counting lines from 1. */
export function offence(file: Pick<SourceFile, 'path'>, index: number, message: string): string {
  return `${file.path}:${index + 1}: ${message}`
}
