import type { Access } from '../../auth/index.ts'
import { changed, created } from '../answers.ts'
import { accessRequestOf, route } from '../route.ts'
import type { App } from './app.ts'

/** Keys of partner systems. */
export function addApiKeyRoutes(app: App, access: Access): void {
  route(app, 'createApiKey', async (request, reply) => {
    const answer = await access.createApiKey(accessRequestOf(request), request.body)
    return created(reply, answer, ({ id }) => `/v1/api-keys/${id}`)
  })

  route(app, 'rotateApiKey', async (request, reply) => {
    const { key } = request.params
    return changed(reply, await access.rotateApiKey(accessRequestOf(request), key, request.body))
  })

  route(app, 'listApiKeys', (request) =>
    access.listApiKeys(accessRequestOf(request), request.query),
  )

  route(app, 'getApiKey', (request) =>
    access.getApiKey(accessRequestOf(request), request.params.key),
  )

  route(app, 'changeApiKey', (request) =>
    access.changeApiKey(accessRequestOf(request), request.params.key, request.body),
  )

  route(app, 'revokeApiKey', (request) =>
    access.revokeApiKey(accessRequestOf(request), request.params.key),
  )
}
