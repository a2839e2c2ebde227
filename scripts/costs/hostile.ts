import type { z } from 'zod'
import { LIMITS } from '../../src/protocol/index.ts'
import { bodyBoundsOf } from '../../src/server/limits/body-bounds.ts'

/** Bodies as large as an operation takes, which it has to refuse or work through. */
export function hostileBodies(schema: z.ZodType): Readonly<Record<string, string>> {
  const { bytesMax } = bodyBoundsOf(schema)
  const lists = listsOf(schema)
  return {
    blanks: `{${' '.repeat(bytesMax - 2)}}`,
    'unknown fields': filled('{', (n) => `"${n.toString(36)}":0`, '}', bytesMax),
    nested: `${'['.repeat(bytesMax / 2)}${']'.repeat(bytesMax / 2)}`,
    quotes: `{"x":"${'\\"'.repeat((bytesMax - 10) / 2)}"}`,
    ...Object.assign({}, ...lists.map((name) => listsFull(name, bytesMax))),
  }
}

function listsFull(name: string, bytesMax: number): Record<string, string> {
  const open = `{"${name}":[`
  const label = (n: number) => `"${`あ座${n}`.padEnd(LIMITS.labelLengthMax, 'é')}"`
  return {
    [`${name}: numbers`]: filled(open, () => '0', ']}', bytesMax),
    [`${name}: labels`]: filled(open, label, ']}', bytesMax, 1_000),
    [`${name}: written out`]: filled(open, () => `"${'\ufdfa'.repeat(40)}"`, ']}', bytesMax, 1_000),
  }
}

/** Elements between an opening and a closing, as many as the size and the count allow. */
function filled(
  open: string,
  make: (n: number) => string,
  close: string,
  bytesMax: number,
  countMax = Number.POSITIVE_INFINITY,
): string {
  const parts: string[] = []
  let bytes = open.length + close.length
  for (let n = 0; n < countMax; n++) {
    const part = make(n)
    bytes += Buffer.byteLength(part) + 1
    if (bytes > bytesMax) break
    parts.push(part)
  }
  return `${open}${parts.join(',')}${close}`
}

/** The fields that have a list. */
function listsOf(schema: z.ZodType): string[] {
  const { shape } = schema as unknown as { shape?: Record<string, z.ZodType> }
  return Object.keys(shape ?? {}).filter((name) => {
    const part = shape?.[name]
    return Array.from({ length: 2 }, (_, n) => Array(n).fill('A')).some(
      (list) => part?.safeParse(list).success,
    )
  })
}
