import { offence, type SourceFile } from './source-file.ts'

/** Every place of the code (not of comments or strings) where the pattern matches. */
function inCode(files: readonly SourceFile[], pattern: RegExp, message: string): string[] {
  return onLines(files, ({ code }) => code, pattern, message)
}

/** Every place of the text, comments and strings included. */
function inText(files: readonly SourceFile[], pattern: RegExp, message: string): string[] {
  return onLines(files, ({ text }) => text, pattern, message)
}

function onLines(
  files: readonly SourceFile[],
  of: (file: SourceFile) => string,
  pattern: RegExp,
  message: string,
): string[] {
  return files.flatMap((file) =>
    of(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [offence(file, index, message)] : [])),
  )
}

/** Comments that put work off. Spelled in two halves, so that this file is clean. */
export function putOffWork(files: readonly SourceFile[]): string[] {
  const marks = ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK']
  return inText(files, new RegExp(`\\b(?:${marks.join('|')})\\b`), 'do it, or write an issue')
}

/** Ending the process outside the composition root. */
export function endingsOutsideCli(files: readonly SourceFile[]): string[] {
  const product = files.filter(({ path }) => /^(?:src|rig|stress|verify)\/(?!cli\/)/.test(path))
  return inCode(product, /\bprocess\s*\.\s*exit(?:Code)?\b/, 'only src/cli ends the process')
}

/** Paths of somebody's machine: they mean nothing to anybody else. */
export function machinePaths(files: readonly SourceFile[]): string[] {
  const roots = ['work', 'home', 'root', 'Users']
  const pattern = new RegExp(`(?<![\\w.:/}*-])/(?:${roots.join('|')})/[\\w.-]+|\\b[A-Z]:\\\\Users`)
  return inText(files, pattern, 'a path of one machine')
}

const EMPTY_WORD = /(?:^|-)(?:manager|helper|helpers|util|utils|data|info|misc|common)\./

/** File names that say nothing. That they are in kebab-case is Biome's to see. */
export function emptyFileNames(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1)
    return EMPTY_WORD.test(name) ? [offence(file, 0, 'the name says nothing')] : []
  })
}

const EXPORT =
  /^export (?:(?:declare|abstract|async|default) )*(?:const|function\*?|class|interface|type) (\w+)/
/** A type that is read off a value is explained where the value is. */
const DERIVED = /\btypeof (\w+)/
const EMPTY_NAME = /(?:Manager|Helper|Util|Utils|Data|Info)$/

/** Exports without a doc comment. Types derived from a documented value need none of their own. */
export function undocumentedExports(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const lines = file.text.split('\n')
    const documented = new Set<string>()
    return lines.flatMap((line, index) => {
      const name = EXPORT.exec(line)?.[1]
      if (name === undefined || documented.has(name)) return []
      if (documented.has(DERIVED.exec(line)?.[1] ?? '')) return []
      documented.add(name)
      if (lines[index - 1]?.trimEnd().endsWith('*/')) return []
      return [offence(file, index, `${name} has no doc comment`)]
    })
  })
}

/** Exports whose names say nothing. */
export function emptyNames(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    file.code.split('\n').flatMap((line, index) => {
      const name = EXPORT.exec(line)?.[1]
      if (name === undefined || !EMPTY_NAME.test(name)) return []
      return [offence(file, index, `the name ${name} says nothing`)]
    }),
  )
}

const PREPOSITION = '(?:At|By|For|From|In|Of|On|To|Under|With)'
const ASKING = `(?:${PREPOSITION} )?(?:[Ww]h(?!ole)\\w+|How|As|Of|So that|The same)\\b`
const ASKING_DOC = new RegExp(`/\\*\\*\\s+(?:\\* )?${ASKING}`, 'g')
/** The first line of a comment that is about a whole file or function of SQL. */
const ASKING_HEADER = new RegExp(`(?<=^|\\n(?!--).*\\n)-- ${ASKING}`, 'g')

/** Doc comments that begin like a question: a verb or a noun says sooner what something is. */
export function askingComments(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const pattern = file.path.endsWith('.sql') ? ASKING_HEADER : ASKING_DOC
    return [...file.text.matchAll(pattern)].map(({ index }) => {
      const line = file.text.slice(0, index).split('\n').length - 1
      return offence(file, line, 'a doc comment begins with a verb or a noun')
    })
  })
}
