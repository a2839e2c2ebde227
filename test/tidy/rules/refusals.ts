import type { SourceFile } from './source-file.ts'

/** Codes that a list names before others which stand before them in the table. */
export function outOfOrder(codes: readonly string[], table: readonly string[]): string[] {
  return codes.slice(1).flatMap((code, n) => {
    const before = codes[n] as string
    return table.indexOf(code) < table.indexOf(before) ? [`${code} before ${before}`] : []
  })
}

/**
 * Reads the codes that the head of a function's file says that it answers: "Outcomes, first match
 * wins: …".
 */
export function codesInHeader({ text }: Pick<SourceFile, 'text'>): string[] {
  const [, said = ''] = /^-- Outcomes, first match wins: ([\s\S]*?)\.\n(?!--)/m.exec(text) ?? []
  return [...said.replace(/\([^)]*\)/g, '').matchAll(/\b[a-z]+(?:_[a-z]+)*\b/g)].map(
    ([code]) => code,
  )
}
