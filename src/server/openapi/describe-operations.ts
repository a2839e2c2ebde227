import swagger from '@fastify/swagger'
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { specOf, TAGS } from '../../protocol/operations/index.ts'
import type { App } from '../routes/app.ts'
import { DESCRIPTION } from './description.ts'
import { finishDocument } from './finish-document.ts'

const transformSchema = createJsonSchemaTransform({})

/** Describes every operation that is added from now on, for `app.swagger()`. */
export async function describeOperations(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: '3.1.1',
      info: {
        title: 'Rowlock',
        version,
        summary: 'A seat-booking engine that never sells a seat twice.',
        description: DESCRIPTION,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: TAGS.map((tag) => ({ ...tag })),
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description:
              'The `accessToken` of a session, the secret of an API key (`rlp_…`), or the ' +
              'operator key, which you set or the server printed at its start.',
          },
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: 'rowlock_access',
            description:
              'The access token of a session with `cookies`, for pages of the server itself. ' +
              'Writes then need the header `Rowlock-Csrf: 1`.',
          },
        },
      },
    },
    transform: (route) => {
      const operationId = route.route.config?.operation
      if (operationId === undefined) return { schema: { hide: true }, url: route.url }
      const { tag, summary } = specOf(operationId)
      const named = { ...route.schema, operationId, tags: [tag], summary }
      return transformSchema({ ...route, schema: named })
    },
    transformObject: (document) => finishDocument(jsonSchemaTransformObject(document)),
  })
}
