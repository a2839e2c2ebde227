import { z } from 'zod'
import type { Access } from '../../auth/index.ts'
import type { Engine } from '../../engine/index.ts'
import {
  BookingList,
  ChangeMeBody,
  ChangePasswordBody,
  EndedSessions,
  HoldList,
  Me,
  page,
  User,
} from '../../protocol/index.ts'
import { changed } from '../answers.ts'
import { accessRequestOf, operation } from '../operation.ts'
import type { App } from './app.ts'

const PageQuery = z.strictObject(page)
const NOTHING = { items: [], next: null }

/** Who is asking, and what is theirs. */
export function addMeRoutes(app: App, access: Access, engine: Engine): void {
  addMyself(app, access)
  addChangePassword(app, access)

  app.get(
    '/v1/me/holds',
    operation(
      'listMyHolds',
      {
        tag: 'Me',
        summary: 'List my live holds, in all shows',
        description: 'The soonest to end first. Empty for who has no account.',
        refusals: [],
      },
      { querystring: PageQuery, response: { 200: HoldList } },
    ),
    async ({ identity, query }) => {
      const { owner } = identity.caller
      return owner === null ? NOTHING : engine.listHoldsOf(owner, query)
    },
  )

  app.get(
    '/v1/me/bookings',
    operation(
      'listMyBookings',
      {
        tag: 'Me',
        summary: 'List my bookings, in all shows',
        description: 'The newest first, cancelled ones too. Empty for who has no account.',
        refusals: [],
      },
      { querystring: PageQuery, response: { 200: BookingList } },
    ),
    async ({ identity, query }) => {
      const { owner } = identity.caller
      return owner === null ? NOTHING : engine.listBookingsOf(owner, query)
    },
  )
}

function addMyself(app: App, access: Access): void {
  app.get(
    '/v1/me',
    operation(
      'getMe',
      { tag: 'Me', summary: 'Get who is asking: a user, a key or the operator key', refusals: [] },
      { response: { 200: Me } },
    ),
    (request) => access.getMe(accessRequestOf(request)),
  )

  app.patch(
    '/v1/me',
    operation(
      'changeMe',
      {
        tag: 'Me',
        summary: 'Change my name, e-mail or telephone number',
        description: 'Another e-mail needs the password, where there is one.',
        refusals: ['forbidden', 'credentials_wrong', 'idempotency_key_reused', 'email_taken'],
        examples: { example: { name: 'Ada King', phone: null } },
      },
      { body: ChangeMeBody, response: { 200: User } },
    ),
    async (request, reply) =>
      changed(reply, await access.changeMe(accessRequestOf(request), request.body)),
  )
}

function addChangePassword(app: App, access: Access): void {
  app.post(
    '/v1/me/password',
    operation(
      'changePassword',
      {
        tag: 'Me',
        summary: 'Change my password',
        description: 'Ends all other sessions. Who has no password yet sets the first one.',
        refusals: ['forbidden', 'rate_limited', 'password_weak', 'credentials_wrong'],
        examples: {
          example: { current: 'difference engine no. 2', password: 'analytical engine no. 1' },
        },
      },
      { body: ChangePasswordBody, response: { 200: EndedSessions } },
    ),
    (request) => access.changePassword(accessRequestOf(request), request.body),
  )
}
