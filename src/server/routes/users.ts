import { z } from 'zod'
import type { Access } from '../../auth/index.ts'
import {
  ChangeUserBody,
  CreateUserBody,
  EmptyBody,
  ListUsersQuery,
  SignInLink,
  User,
  UserList,
} from '../../protocol/index.ts'
import { changed, created } from '../answers.ts'
import { accessRequestOf, operation, path } from '../operation.ts'
import type { App } from './app.ts'

const UserPath = z.object({ user: path.user })

/** People: who they are, and what they may. */
export function addUserRoutes(app: App, access: Access): void {
  addCreateUser(app, access)
  addChangeUser(app, access)
  addCreateSignInLink(app, access)

  app.get(
    '/v1/users',
    operation(
      'listUsers',
      { tag: 'Users', summary: 'List users', refusals: [] },
      { querystring: ListUsersQuery, response: { 200: UserList } },
    ),
    (request) => access.listUsers(accessRequestOf(request), request.query),
  )

  app.get(
    '/v1/users/:user',
    operation(
      'getUser',
      { tag: 'Users', summary: 'Get a user', refusals: ['user_unknown'] },
      { params: UserPath, response: { 200: User } },
    ),
    (request) => access.getUser(accessRequestOf(request), request.params.user),
  )
}

function addCreateUser(app: App, access: Access): void {
  app.post(
    '/v1/users',
    operation(
      'createUser',
      {
        tag: 'Users',
        summary: 'Create a user',
        description:
          'Anybody may, for themselves, unless registration is closed; another `role` than ' +
          '`user`, and a user without a password, only an operator. An e-mail address belongs to ' +
          'one user.',
        refusals: [
          'rate_limited',
          'registration_closed',
          'forbidden',
          'password_weak',
          'idempotency_key_reused',
          'email_taken',
        ],
        examples: {
          example: {
            name: 'Ada Lovelace',
            email: 'ada@example.org',
            phone: '+44 20 7946 0000',
            password: 'difference engine no. 2',
          },
        },
      },
      { body: CreateUserBody, response: { 201: User } },
    ),
    async (request, reply) => {
      const answer = await access.createUser(accessRequestOf(request), request.body)
      return created(reply, answer, ({ id }) => `/v1/users/${id}`)
    },
  )
}

function addChangeUser(app: App, access: Access): void {
  app.patch(
    '/v1/users/:user',
    operation(
      'changeUser',
      {
        tag: 'Users',
        summary: 'Change a user, or what they may',
        description: 'Another role, and disabling, end the sessions of the user.',
        refusals: ['user_unknown', 'idempotency_key_reused', 'email_taken', 'last_operator'],
        examples: { role: { role: 'box_office' }, disabled: { disabled: true } },
      },
      { params: UserPath, body: ChangeUserBody, response: { 200: User } },
    ),
    async (request, reply) => {
      const { user } = request.params
      return changed(reply, await access.changeUser(accessRequestOf(request), user, request.body))
    },
  )
}

function addCreateSignInLink(app: App, access: Access): void {
  app.post(
    '/v1/users/:user/links',
    operation(
      'createSignInLink',
      {
        tag: 'Users',
        summary: 'Make a link that signs a user in once',
        description:
          'For who has no password, or forgot it. It is good once, for 30 minutes. The token ' +
          'stands behind the `#` of the address, which browsers send to nobody.',
        isLocated: false,
        refusals: ['user_unknown', 'idempotency_key_reused'],
        bodyOptional: true,
      },
      { params: UserPath, body: EmptyBody, response: { 201: SignInLink } },
    ),
    async (request, reply) => {
      reply.code(201)
      return access.createSignInLink(accessRequestOf(request), request.params.user)
    },
  )
}
