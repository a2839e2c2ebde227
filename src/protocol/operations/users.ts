import {
  ChangeUserBody,
  CreateUserBody,
  EmptyBody,
  ListUsersQuery,
  SignInLink,
  User,
  UserList,
} from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { EVERYBODY, OPERATORS } from './roles.ts'

/** People: who they are, and what they may. */
export const USER_OPERATIONS = {
  createUser: {
    method: 'POST',
    path: '/v1/users',
    tag: 'Users',
    summary: 'Create a user',
    description:
      'Anybody may, for themselves, unless registration is closed; another `role` than ' +
      '`user`, and a user without a password, only an operator. An e-mail address ' +
      'belongs to one user.',
    by: 'access',
    roles: EVERYBODY,
    body: CreateUserBody,
    answers: { 201: User },
    refusals: ['rate_limited', 'forbidden', 'registration_closed', 'password_weak', 'email_taken'],
    examples: {
      example: {
        name: 'Ada Lovelace',
        email: 'ada@example.org',
        phone: '+44 20 7946 0000',
        password: 'difference engine no. 2',
      },
    },
  },
  listUsers: {
    method: 'GET',
    path: '/v1/users',
    tag: 'Users',
    summary: 'List users',
    by: 'access',
    roles: OPERATORS,
    query: ListUsersQuery,
    answers: { 200: UserList },
    refusals: [],
  },
  getUser: {
    method: 'GET',
    path: '/v1/users/{user}',
    tag: 'Users',
    summary: 'Get a user',
    by: 'access',
    roles: OPERATORS,
    answers: { 200: User },
    refusals: ['user_unknown'],
  },
  changeUser: {
    method: 'PATCH',
    path: '/v1/users/{user}',
    tag: 'Users',
    summary: 'Change a user, or what they may',
    description: 'Another role, and disabling, end the sessions of the user.',
    by: 'access',
    roles: OPERATORS,
    body: ChangeUserBody,
    answers: { 200: User },
    refusals: ['user_unknown', 'email_taken', 'last_operator'],
    examples: { role: { role: 'box_office' }, disabled: { disabled: true } },
  },
  createSignInLink: {
    method: 'POST',
    path: '/v1/users/{user}/links',
    tag: 'Users',
    summary: 'Make a link that signs a user in once',
    description:
      'For who has no password, or forgot it. It is good once, for 30 minutes. The ' +
      'token stands behind the `#` of the address, which browsers send to nobody.',
    by: 'access',
    roles: OPERATORS,
    body: EmptyBody,
    bodyOptional: true,
    answers: { 201: SignInLink },
    isLocated: false,
    refusals: ['user_unknown'],
  },
} as const satisfies OperationTable
