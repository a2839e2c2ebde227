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
      'Anyone may create an account for themselves, unless registration is closed. Only an ' +
      'operator may give a `role` other than `user`, or create a user without a password. An ' +
      'e-mail address belongs to one user.',
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
      "A new role, and disabling, end the user's sessions. If the e-mail address is unverified, " +
      'a role also clears the password, because the person who registered the address may not ' +
      'be its owner. The answer then has a sign-in link for the right person.',
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
      'For people who have no password, or have forgotten it. It works once, for 30 minutes. The ' +
      'token comes after the `#` of the address, which browsers never send.',
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
    description: 'Unused sign-in links end as well.',
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
      'For someone who has lost their device and the recovery codes. Removes the app, all ' +
      'passkeys and the recovery codes.',
    by: 'access',
    roles: OPERATORS,
    isKeyed: false,
    body: EmptyBody,
    bodyOptional: true,
    answers: { 200: User },
    refusals: ['user_unknown', 'second_factor_unknown'],
  },
} as const satisfies OperationTable
