import {
  type ApiDocument,
  nameOf,
  type Operation,
  operationsOf,
  type Schema,
  snake,
  wrap,
} from './api.ts'

const MADE = '# Made from openapi.json by `npm run clients`: change the contract.'
const KEYWORDS = new Set(['from', 'class', 'in', 'is', 'global', 'lambda', 'pass', 'with', 'None'])
const WIDTH = 92

/** `clients/python/rowlock/types.py`: what bodies and answers have. */
export function pythonTypes({ components }: ApiDocument): string {
  const types = Object.entries(components.schemas).map(([name, schema]) => typeOf(name, schema))
  return `${MADE}
"""What the API takes and answers, by the names of its description."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict, Union

${types.join('\n\n')}
`
}

function typeOf(name: string, schema: Schema): string {
  const { properties, required = [] } = schema
  if (properties === undefined) return `${name} = ${written(schema, true)}\n`
  const fields = Object.entries(properties).map(([key, field]) => {
    const text = written(field, false)
    return { key, text: required.includes(key) ? text : `NotRequired[${text}]`, field }
  })
  // A name that the language keeps for itself is written as text.
  if (fields.some(({ key }) => KEYWORDS.has(key))) {
    const lines = fields.map(({ key, text }) => `    "${key}": "${text.replaceAll('"', "'")}",`)
    return `${name} = TypedDict("${name}", {\n${lines.join('\n')}\n})\n`
  }
  const lines = fields.flatMap(({ key, text, field }) => [
    `    ${key}: ${text}`,
    ...docstring(field.description ?? '', 4),
  ])
  const body = lines.length === 0 ? ['    pass'] : lines
  return [`class ${name}(TypedDict):`, ...docstring(schema.description ?? '', 4), ...body, ''].join(
    '\n',
  )
}

/** A type; `isValue` where the interpreter reads it at once, and not only editors. */
function written(schema: Schema, isValue: boolean): string {
  const { $ref, type, items, additionalProperties, properties } = schema
  if ($ref !== undefined) return isValue ? `"${nameOf($ref)}"` : nameOf($ref)
  const choice = schema.anyOf ?? schema.oneOf
  if (choice !== undefined) return union(choice.map((each) => written(each, isValue)))
  if (schema.enum !== undefined) return literal(schema, isValue)
  if (Array.isArray(type))
    return union(type.map((each) => written({ ...schema, type: each }, isValue)))
  if (type === 'array') return `list[${items === undefined ? 'Any' : written(items, isValue)}]`
  if (type === 'object' && properties === undefined && typeof additionalProperties === 'object') {
    return `dict[str, ${written(additionalProperties, isValue)}]`
  }
  return PLAIN[String(type)] ?? 'Any'
}

const PLAIN: Readonly<Record<string, string>> = {
  string: 'str',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  null: 'None',
  object: 'dict[str, Any]',
}

function literal({ enum: values = [] }: Schema, isValue: boolean): string {
  const known = values.filter((value) => value !== null).map((value) => JSON.stringify(value))
  const text = `Literal[${known.join(', ')}]`
  return values.includes(null) ? union([text, isValue ? 'None' : 'None']) : text
}

function union(types: readonly string[]): string {
  const all = [...new Set(types)]
  return all.length === 1 ? (all[0] ?? 'Any') : `Union[${all.join(', ')}]`
}

function docstring(text: string, indent: number): string[] {
  if (text === '') return []
  const pad = ' '.repeat(indent)
  const lines = wrap(text.replaceAll('\\', '\\\\').replaceAll('"""', "'''"), WIDTH - indent)
  const [only = ''] = lines
  if (lines.length === 1 && !only.endsWith('"')) return [`${pad}"""${only}"""`]
  return [`${pad}"""`, ...lines.map((line) => (line === '' ? '' : pad + line)), `${pad}"""`]
}

/** `clients/python/rowlock/operations.py`: a method for every operation. */
export function pythonOperations(document: ApiDocument): string {
  const methods = operationsOf(document).map(methodOf)
  return `${MADE}
"""Every operation of the API under its name."""

from __future__ import annotations

from typing import Any, Literal, Union

from . import types
from .caller import Caller
from .pages import Pages


class Operations:
    """Every operation of the API. All raise \`RowlockError\` for a refusal."""

    _caller: Caller

${methods.join('\n')}`
}

function methodOf(operation: Operation): string {
  const { id, method, path, pathNames, query, body, answer, item, text } = operation
  const required = query.filter((each) => each.required === true)
  const named = [...required, ...query.filter((each) => each.required !== true)]
  const parameters = [
    'self',
    ...pathNames.map((name) => `${argument(name)}: str`),
    ...(body ? [bodyParameter(body)] : []),
    '*',
    ...named.map((each) => {
      const type = inTypes(queryType(each.schema))
      return `${argument(each.name)}: ${type}${each.required === true ? '' : ' | None = None'}`
    }),
    ...(body ? ['idempotency_key: str | None = None'] : []),
    'timeout: float | None = None',
  ]
  const result = item ? `Pages[${inTypes(written(item, false))}]` : inTypes(written(answer, false))
  const call = item ? 'pages' : 'send'
  const asked = query.map(({ name }) => `"${name}": ${argument(name)}`)
  const values = [
    `"${method}"`,
    `"${path}"`,
    `[${pathNames.map(argument).join(', ')}]`,
    ...(asked.length > 0 ? [`query={${asked.join(', ')}}`] : []),
    ...(body ? ['body=body', 'idempotency_key=idempotency_key'] : []),
    'timeout=timeout',
  ]
  return [
    `    def ${snake(id)}(`,
    ...parameters.map((each) => `        ${each},`),
    `    ) -> ${result}:`,
    ...docstring(text + about(named), 8),
    `        return self._caller.${call}(`,
    ...values.map((each) => `            ${each},`),
    '        )',
    '',
  ].join('\n')
}

function bodyParameter({ schema, isRequired }: NonNullable<Operation['body']>): string {
  const type = inTypes(written(schema, false))
  return isRequired ? `body: ${type}` : `body: ${type} | None = None`
}

/** Flags are said as flags, whatever they are in an address. */
function queryType(schema: Schema): string {
  return schema.enum?.join() === 'true,false' ? 'bool' : written(schema, false)
}

function about(query: Operation['query']): string {
  const lines = query.map(({ name, description = '' }) => `${argument(name)}: ${description}`)
  return lines.length === 0 ? '' : `\n\n${lines.join('\n')}`
}

function argument(name: string): string {
  return KEYWORDS.has(name) ? `${snake(name)}_` : snake(name)
}

/** Names of the description are in a module of their own. */
function inTypes(text: string): string {
  return text.replaceAll(/\b(?!Any\b|Literal\b|Union\b|None\b)([A-Z]\w+)\b(?!")/g, 'types.$1')
}
