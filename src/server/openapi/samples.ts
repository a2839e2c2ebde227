import type { OperationId } from '../../protocol/operations/index.ts'
import { isWrite, type OperationSpec, PATH_PARAMETERS } from '../../protocol/operations/index.ts'

/** A sample as readers of OpenAPI show it (`x-codeSamples`). */
export interface CodeSample {
  readonly lang: string
  readonly label: string
  readonly source: string
}

const SERVER = 'http://127.0.0.1:3000'
const WIDTH = 76

/** Writes how to call it with our SDK and with curl; null for what is no call, such as a stream. */
export function samplesOf(id: OperationId, spec: OperationSpec): CodeSample[] {
  const shown = Object.values(spec.examples ?? {})[0]
  const curl = { lang: 'Shell', label: 'curl', source: curlOf(spec, shown) }
  if (spec.by === 'feed') return [{ ...TYPESCRIPT, source: watchSample() }, curl]
  return [{ ...TYPESCRIPT, source: sdkOf(id, spec, shown) }, curl]
}

const TYPESCRIPT = { lang: 'TypeScript', label: 'TypeScript' }

function sdkOf(id: OperationId, spec: OperationSpec, body: unknown): string {
  const given = exampleParameters(spec).map((value) => `'${value}'`)
  if (body !== undefined) given.push(literal(body))
  return `${clientLines(spec)}
const answer = await rowlock.${id}(${given.join(', ')})`
}

function watchSample(): string {
  const show = PATH_PARAMETERS.show.meta()?.example
  return `import { createClient } from '@rowlock/client'

const rowlock = createClient({ server: '${SERVER}' })
for await (const { counts } of rowlock.watchShow('${show}')) {
  console.log(counts.available)
}`
}

function clientLines(spec: OperationSpec): string {
  const key = spec.roles.anonymous ? '' : ', key: process.env.ROWLOCK_KEY'
  return `import { createClient } from '@rowlock/client'

const rowlock = createClient({ server: '${SERVER}'${key} })`
}

function exampleParameters({ path }: OperationSpec): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => {
    return String(PATH_PARAMETERS[name as keyof typeof PATH_PARAMETERS].meta()?.example)
  })
}

function curlOf(spec: OperationSpec, body: unknown): string {
  const values = exampleParameters(spec)
  const path = spec.path.replace(/\{\w+\}/g, () => values.shift() ?? '')
  const parts = [`curl ${spec.method === 'GET' ? '' : `-X ${spec.method} `}${SERVER}${path}`]
  if (!spec.roles.anonymous) parts.push('-H "Authorization: Bearer $ROWLOCK_KEY"')
  if (isWrite(spec) && spec.isKeyed !== false) parts.push('-H "Idempotency-Key: $(uuidgen)"')
  if (spec.body !== undefined) {
    parts.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(body ?? {})}'`)
  }
  return parts.join(' \\\n  ')
}

/** A value as people write it in TypeScript: names without quotes, long ones over several lines. */
function literal(value: unknown, indent = ''): string {
  const line = inLine(value)
  if (line.length + indent.length <= WIDTH || typeof value !== 'object' || value === null) {
    return line
  }
  const deeper = `${indent}  `
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => `${deeper}${literal(item, deeper)},\n`).join('')}${indent}]`
  }
  const fields = Object.entries(value).map(
    ([name, item]) => `${deeper}${nameOf(name)}: ${literal(item, deeper)},\n`,
  )
  return `{\n${fields.join('')}${indent}}`
}

function inLine(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll(/['\\]/g, '\\$&')}'`
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).map(([name, item]) => `${nameOf(name)}: ${inLine(item)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

function nameOf(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) ? name : `'${name}'`
}
