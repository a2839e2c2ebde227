import { readFile } from 'node:fs/promises'

const ROOT = new URL('../../', import.meta.url)

/** A block of code in a page, as its reader would paste it. */
export interface Block {
  readonly page: string
  readonly language: string
  readonly text: string
}

/** The blocks of a page, or of one section of it, in order. */
export async function blocksOf(page: string, heading?: string): Promise<Block[]> {
  const whole = await readFile(new URL(page, ROOT), 'utf8')
  const section = heading === undefined ? whole : (whole.split(`## ${heading}\n`)[1] ?? '')
  const text = heading === undefined ? section : (section.split('\n## ')[0] ?? '')
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
    page,
    language,
    text: code,
  }))
}

/** The commands of a page for a shell. */
export async function commandsOf(page: string, heading?: string): Promise<string[]> {
  const blocks = await blocksOf(page, heading)
  return blocks.filter(({ language }) => language === 'sh').map(({ text }) => text)
}
