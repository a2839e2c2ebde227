import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import * as schemas from '../../src/protocol/schemas/index.ts'
import { typeOfSchema } from './type-of-schema.ts'

/** Stub for what the types of the client say of zod, without zod. */
export const ZOD_STUB = `/** Types of what goes into a schema, and what comes out of it. */
export declare namespace z {
  interface ZodType<Out = unknown, In = unknown> {
    readonly out: Out
    readonly in: In
  }
  type input<Schema extends ZodType> = Schema['in']
  type output<Schema extends ZodType> = Schema['out']
}
`

/** The declarations of \`src/protocol/schemas\`, written out. */
export async function wireTypes(): Promise<string> {
  const lines = ["import type { z } from '../../zod.js'"]
  for (const [name, value] of Object.entries(schemas)) {
    if (value instanceof z.ZodType) {
      const type = typeOfSchema(name, value, 'output')
      lines.push(`export type ${name} = ${type}`)
      lines.push(
        `export declare const ${name}: z.ZodType<${name}, ${typeOfSchema(name, value, 'input')}>`,
      )
    } else if (Array.isArray(value)) {
      lines.push(`export declare const ${name}: readonly ${JSON.stringify(value)}`)
    }
  }
  return `${[...lines, ...(await typesOfLists())].join('\n')}\n`
}

/** `export type Scope = (typeof SCOPES)[number]`, as the sources have it. */
async function typesOfLists(): Promise<string[]> {
  const index = new URL('../../src/protocol/schemas/', import.meta.url)
  const names = await readFile(new URL('index.ts', index), 'utf8')
  const files = [...names.matchAll(/from '\.\/([\w-]+\.ts)'/g)].map(([, file = '']) => file)
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, index), 'utf8')))
  return texts.flatMap((text) => text.match(/^export type \w+ = \(typeof \w+\)\[number\]$/gm) ?? [])
}
