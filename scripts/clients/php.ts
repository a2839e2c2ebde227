import { type ApiDocument, nameOf, type Operation, operationsOf, type Schema, wrap } from './api.ts'

/** `clients/php/src/Operations.php`: a method for every operation. */
export function phpOperations(document: ApiDocument): string {
  const methods = operationsOf(document).map((operation) => methodOf(document, operation))
  return `<?php

// Made from openapi.json by \`npm run clients\`: change the contract.

declare(strict_types=1);

namespace Rowlock;

/** Every operation of the API. All throw RowlockException for a refusal. */
abstract class Operations
{
    public function __construct(protected readonly Caller $caller)
    {
    }

${methods.join('\n')}}
`
}

function methodOf(document: ApiDocument, operation: Operation): string {
  const { id, method, path, pathNames, query, body, answer, item, text } = operation
  const names = pathNames.map((name) => `string $${name}`)
  const said = body ? (body.isRequired ? ['array $body'] : ['array $body = []']) : []
  const asked = query.length > 0 ? ['array $query = []'] : []
  const key = body ? ['?string $idempotencyKey = null'] : []
  const parameters = [...names, ...said, ...asked, ...key, '?float $timeout = null']
  const type = item ? `Pages<${shape(document, item)}>` : shape(document, answer)
  const docs = [
    ...wrap(text.replaceAll('*/', '* /'), 92),
    '',
    ...about(query),
    ...(body ? [`@param ${shape(document, body.schema)} $body`] : []),
    ...(query.length > 0 ? [`@param ${queryShape(document, query)} $query`] : []),
    `@return ${type}`,
  ]
  const values = [
    `'${method}'`,
    `'${path}'`,
    `[${pathNames.map((name) => `$${name}`).join(', ')}]`,
    ...(query.length > 0 ? ['query: $query'] : []),
    ...(body ? ['body: $body', 'idempotencyKey: $idempotencyKey'] : []),
    'timeout: $timeout',
  ]
  return `    /**
${docs.map((line) => `     * ${line}`.trimEnd()).join('\n')}
     */
    public function ${id}(${parameters.join(', ')}): ${item ? 'Pages' : 'array'}
    {
        return $this->caller->${item ? 'pages' : 'send'}(
${values.map((value) => `            ${value},`).join('\n')}
        );
    }
`
}

/** Says what each query parameter is for: a shape has no room for it. */
function about(query: Operation['query']): string[] {
  if (query.length === 0) return []
  const lines = query.flatMap(({ name, description = '' }) => {
    const [first = '', ...rest] = wrap(`${name}: ${description.replaceAll('*/', '* /')}`, 90)
    return [`- ${first}`, ...rest.map((line) => `  ${line}`)]
  })
  return ['In $query:', ...lines, '']
}

/** The keys of an array, for editors; what is inside of them is told by the reference. */
function shape(document: ApiDocument, schema: Schema, depth = 0): string {
  const { $ref, type, items, properties, required = [], additionalProperties } = schema
  if ($ref !== undefined) {
    return shape(document, document.components.schemas[nameOf($ref)] ?? {}, depth)
  }
  const choice = schema.anyOf ?? schema.oneOf
  if (choice !== undefined) return union(choice.map((each) => shape(document, each, depth)))
  if (schema.enum !== undefined) return union(schema.enum.map(literal))
  if (Array.isArray(type))
    return union(type.map((each) => shape(document, { ...schema, type: each }, depth)))
  if (type === 'array')
    return `list<${items === undefined ? 'mixed' : shape(document, items, depth)}>`
  if (type !== 'object') return PLAIN[String(type)] ?? 'mixed'
  if (typeof additionalProperties === 'object') {
    return `array<string, ${shape(document, additionalProperties, depth)}>`
  }
  if (properties === undefined || depth > 0) return 'array<string, mixed>'
  const keys = Object.entries(properties).map(([name, field]) => {
    return `${name}${required.includes(name) ? '' : '?'}: ${shape(document, field, depth + 1)}`
  })
  return keys.length === 0 ? 'array{}' : `array{${keys.join(', ')}}`
}

const PLAIN: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  null: 'null',
}

function queryShape(document: ApiDocument, query: Operation['query']): string {
  const keys = query.map(({ name, schema, required }) => {
    const type = schema.enum?.join() === 'true,false' ? 'bool' : shape(document, schema, 1)
    return `${name}${required === true ? '' : '?'}: ${type}`
  })
  return `array{${keys.join(', ')}}`
}

function literal(value: string | number | boolean | null): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join('|')
}
