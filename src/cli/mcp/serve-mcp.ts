/**
 * The Model Context Protocol over standard input and output, as far as tools need it: one message
 * of JSON-RPC 2.0 in each line, both ways.
 */

import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Client } from '../../client/index.ts'
import { VERSION } from '../../runtime/index.ts'
import { callTool } from './call-tool.ts'
import type { Tool } from './tools.ts'

/** Versions of the protocol that these messages belong to, the newest first. */
const PROTOCOLS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const

/** Codes of JSON-RPC. */
const ERRORS = {
  parse: -32_700,
  request: -32_600,
  method: -32_601,
  params: -32_602,
  inner: -32_603,
}

/** The two ends of a conversation, and what it is about. */
export interface McpWorld {
  readonly input: Readable
  readonly output: Writable
  readonly client: Client
  readonly tools: readonly Tool[]
}

interface Message {
  readonly id?: string | number
  readonly method?: unknown
  readonly params?: Readonly<Record<string, unknown>> | null
}

class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly code: number

  constructor(kind: keyof typeof ERRORS, message: string) {
    super(message)
    this.code = ERRORS[kind]
  }
}

/** Answers until the input ends, and what was asked by then is answered. */
export async function serveMcp(world: McpWorld): Promise<void> {
  const running = new Set<Promise<void>>()
  for await (const line of createInterface({ input: world.input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue
    const answering = answer(world, line).finally(() => running.delete(answering))
    running.add(answering)
  }
  await Promise.all(running)
}

async function answer(world: McpWorld, line: string): Promise<void> {
  let id: Message['id'] | null = null
  try {
    const message = parse(line)
    id = message.id ?? null
    // A notification is not answered; none asks for anything here.
    if (id === null) return
    send(world, { id, result: await resultOf(world, message) })
  } catch (error) {
    const { code, message } = error instanceof ProtocolError ? error : inner(error)
    send(world, { id, error: { code, message } })
  }
}

function send({ output }: McpWorld, message: object): void {
  output.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

function inner(error: unknown): ProtocolError {
  return new ProtocolError('inner', error instanceof Error ? error.message : String(error))
}

function parse(line: string): Message {
  let message: unknown
  try {
    message = JSON.parse(line)
  } catch {
    throw new ProtocolError('parse', 'A line is not JSON.')
  }
  const isObject = typeof message === 'object' && message !== null && !Array.isArray(message)
  if (!isObject) throw new ProtocolError('request', 'A line is not one message of JSON-RPC.')
  return message as Message
}

async function resultOf(world: McpWorld, message: Message): Promise<object> {
  const { method } = message
  const params = message.params ?? {}
  switch (method) {
    case 'initialize':
      return initialized(world, params)
    case 'ping':
      return {}
    case 'tools/list':
      return { tools: world.tools.map(described) }
    case 'tools/call':
      return called(world, params)
    default:
      throw new ProtocolError('method', `There is no method ${String(method)} here.`)
  }
}

function initialized({ tools }: McpWorld, { protocolVersion }: Record<string, unknown>): object {
  const asked = PROTOCOLS.find((version) => version === protocolVersion)
  const isReadOnly = tools.every((tool) => !tool.isWrite)
  return {
    protocolVersion: asked ?? PROTOCOLS[0],
    capabilities: { tools: {} },
    serverInfo: { name: 'rowlock', version: VERSION },
    instructions:
      'Rowlock sells seats of shows. Begin with listShows: the "key" of a show is the "show" of ' +
      'the other tools. A hold takes seats for some minutes; confirming it makes a booking. ' +
      'A refused call changed nothing; its message says why and what to do. Lists answer a page: ' +
      'pass its "next" as "cursor" for the one after it. Two or more items come as a table: each ' +
      'row has its values in the order of "columns"; "same" is true of every row.' +
      (isReadOnly ? ' These tools only read.' : ''),
  }
}

function described({ name, description, inputSchema, annotations }: Tool): object {
  return { name, description, inputSchema, annotations }
}

async function called(world: McpWorld, params: Record<string, unknown>): Promise<object> {
  const { name, arguments: given = {} } = params
  const tool = world.tools.find((each) => each.name === name)
  if (tool === undefined) throw new ProtocolError('params', `There is no tool ${String(name)}.`)
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new ProtocolError('params', '"arguments" must be an object.')
  }
  return callTool(world.client, tool, given as Record<string, unknown>)
}
