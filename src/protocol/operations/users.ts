import {
  ChangedUser,
  ChangeUserBody,
  CreateUserBody,
  EmptyBody,
  EndedSessions,
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
    units: 12,
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
    summary: 'Change a user or their role',
    description:
      'Another role, and disabling, end the sessions of the user. If nobody has proven the ' +
      'e-mail address, a role clears the password as well: whoever registered the address ' +
      'may not be its owner. The answer then has a sign-in link for the person you mean.',
    by: 'access',
    roles: OPERATORS,
    body: ChangeUserBody,
    answers: { 200: ChangedUser },
    refusals: ['user_unknown', 'email_taken', 'last_operator'],
    examples: { role: { role: 'box_office' }, disabled: { disabled: true } },
  },
  createSignInLink: {
    method: 'POST',
    path: '/v1/users/{user}/links',
    tag: 'Users',
    summary: 'Create a one-time sign-in link',
    description:
      'For people who have no password or forgot it. It works once, for 30 minutes. The ' +
      'token stands behind the `#` of the address, which browsers send to nobody.',
    by: 'access',
    roles: OPERATORS,
    body: EmptyBody,
    bodyOptional: true,
    answers: { 201: SignInLink },
    isLocated: false,
    refusals: ['user_unknown'],
  },
  endUserSessions: {
    method: 'POST',
    path: '/v1/users/{user}/sessions/end',
    tag: 'Users',
    summary: 'Sign a user out everywhere',
    description: 'Sign-in links that nobody has used end as well.',
    by: 'access',
    roles: OPERATORS,
    isKeyed: false,
    body: EmptyBody,
    bodyOptional: true,
    answers: { 200: EndedSessions },
    refusals: ['user_unknown'],
  },
  removeUserSecondFactor: {
    method: 'POST',
    path: '/v1/users/{user}/second-factor/remove',
    tag: 'Users',
    summary: 'Remove the second factor of a user',
    description:
      'For somebody who lost both what proves it and the recovery codes. The app goes, every ' +
      'passkey, and the recovery codes.',
    by: 'access',
    roles: OPERATORS,
    isKeyed: false,
    body: EmptyBody,
    bodyOptional: true,
    answers: { 200: User },
    refusals: ['user_unknown', 'second_factor_unknown'],
  },
} as const satisfies OperationTable
