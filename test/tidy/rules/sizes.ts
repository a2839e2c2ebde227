import { offence, type SourceFile } from './source-file.ts'

/** In columns and lines. SQL has one clause a line, so its functions are longer by nature. */
export const SIZES = { columnsMax: 100, sqlFunctionLinesMax: 120, sqlFileLinesMax: 400 } as const

/** Lines on which a function begins and ends, counted from 0. */
interface FunctionSpan {
  readonly name: string
  readonly first: number
  readonly last: number
}

/** Lines that are too long. Only an address that cannot be broken may stand out. */
export function longLines(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((line, index) => {
      const columns = [...line].length
      if (columns <= SIZES.columnsMax || /https?:\/\/\S{60,}/.test(line)) return []
      return [offence(file, index, `${columns} columns, at most ${SIZES.columnsMax}`)]
    }),
  )
}

/** Files of SQL that are too long to be read in one sitting; Biome counts those of TypeScript. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const lines = file.text.trimEnd().split('\n').length
    if (lines <= SIZES.sqlFileLinesMax) return []
    return [offence(file, 0, `${lines} lines, at most ${SIZES.sqlFileLinesMax}`)]
  })
}

/** Functions of the kernel that are too long. */
export function longFunctions(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    sqlFunctions(file).flatMap(({ name, first, last }) => {
      const lines = last - first + 1
      if (lines <= SIZES.sqlFunctionLinesMax) return []
      const message = `${name} has ${lines} lines, at most ${SIZES.sqlFunctionLinesMax}`
      return [offence(file, first, message)]
    }),
  )
}

/** Functions of the kernel: from `create function` to the end of the dollar-quoted body. */
export function sqlFunctions(file: Pick<SourceFile, 'code'>): FunctionSpan[] {
  const lines = file.code.split('\n')
  return lines.flatMap((line, first) => {
    const name = /^create or replace function ([\w.]+)/.exec(line)?.[1]
    if (name === undefined) return []
    const last = lines.findIndex((other, n) => n > first && /^\$\$;/.test(other))
    return [{ name, first, last: last === -1 ? lines.length - 1 : last }]
  })
}
