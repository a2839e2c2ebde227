import type { OperationId } from '../../protocol/operations/index.ts'
import type { CodeSample } from './samples.ts'

/** A JSON Schema, as far as it is looked into here. */
export interface Schema {
  $ref?: string
  description?: string | undefined
  type?: string | string[]
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  example?: unknown
}

/** Schema and examples of one media type. */
export interface Media {
  schema: Schema
  examples?: Record<string, { summary?: string; value: unknown }>
}

/** One possible answer. */
export interface Response {
  description: string
  headers?: Record<string, { $ref: string }>
  content?: Record<string, Media>
}

/** A parameter of one operation. */
export interface Parameter {
  in: string
  name: string
  description?: string | undefined
  schema: Schema
}

/** One operation. */
export interface OperationObject {
  operationId: OperationId
  summary: string
  description?: string
  security?: Record<string, string[]>[]
  parameters?: ({ $ref: string } | Parameter)[]
  requestBody?: { required: boolean; content: Record<string, Media> }
  responses: Record<string, Response>
  'x-codeSamples'?: CodeSample[]
}

/** Request of a server of ours to one of theirs. */
export interface WebhookObject {
  summary: string
  description: string
  operationId: string
  tags: string[]
  security: []
  parameters: { $ref: string }[]
  requestBody: { required: true; content: Record<string, Media> }
  responses: Record<string, Response>
}

/** An OpenAPI document, as far as it is changed here. */
export interface OpenapiDocument {
  info: { description: string }
  paths: Record<string, Record<string, OperationObject>>
  webhooks?: Record<string, { post: WebhookObject }>
  components: {
    schemas: Record<string, Schema>
    parameters?: Record<string, unknown>
    headers?: Record<string, unknown>
    securitySchemes?: Record<string, unknown>
  }
}
