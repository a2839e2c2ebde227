import { PASSWORD } from './house.ts'
import { guarded, keyed, signed } from './of-second-factors.ts'
import type { Provocations } from './provocation.ts'

const STRONGER = 'eight-blue-rowing-boats'
const WRONG = 'nine-red-rowing-boats'
const NEW_ADDRESS = { email: 'countess@example.org', password: PASSWORD }
const NEW_PASSWORD = { current: PASSWORD, password: STRONGER }
const ADA = { name: 'Ada', email: 'ada@example.org', password: PASSWORD }

/** Provocations of every refusal of operations on people and sessions. */
export const PEOPLE_PROVOCATIONS: Pick<
  Provocations,
  | 'createUser'
  | 'changeUser'
  | 'removeUserSecondFactor'
  | 'createSession'
  | 'refreshSession'
  | 'changeMe'
  | 'changePassword'
  | 'listMySessions'
  | 'endMySession'
> = {
  createUser: {
    forbidden: (house) => house.ask('createUser', { body: { ...ADA, role: 'operator' }, as: null }),
    registration_closed: (house) => house.askStrict('createUser', { body: ADA, as: null }),
    password_weak: (house) =>
      house.ask('createUser', { body: { ...ADA, password: 'password12' }, as: null }),
    email_taken: async (house) => {
      const { email } = await house.person()
      return house.ask('createUser', { body: { ...ADA, email } })
    },
  },
  changeUser: {
    email_taken: async (house) => {
      const [{ user }, { email }] = [await house.person(), await house.person()]
      return house.ask('changeUser', { path: { user }, body: { email } })
    },
    last_operator: async (house) => {
      const { user } = await house.person('operator')
      return house.ask('changeUser', { path: { user }, body: { disabled: true } })
    },
  },
  removeUserSecondFactor: {
    second_factor_unknown: async (house) => {
      const { user } = await house.person()
      return house.ask('removeUserSecondFactor', { path: { user }, body: {} })
    },
  },
  createSession: {
    credentials_wrong: async (house) => {
      const { email } = await house.person()
      return house.ask('createSession', { body: { email, password: WRONG }, as: null })
    },
    second_factor_required: async (house) => {
      const { email } = await guarded(house)
      return house.ask('createSession', { body: { email, password: PASSWORD }, as: null })
    },
    passkeys_unavailable: async (house) => {
      const { key } = await keyed(house)
      return house.ask('createSession', { body: { passkey: await signed(house, key) }, as: null })
    },
  },
  refreshSession: {
    session_ended: (house) =>
      house.ask('refreshSession', { body: { refreshToken: 'of-long-ago' }, as: null }),
  },
  changeMe: {
    forbidden: (house) => house.ask('changeMe', { body: { name: 'Ada' } }),
    credentials_wrong: async (house) => {
      const { as } = await house.person()
      return house.ask('changeMe', { as, body: { ...NEW_ADDRESS, password: WRONG } })
    },
    second_factor_required: async (house) => {
      const { as } = await guarded(house)
      return house.ask('changeMe', { as, body: NEW_ADDRESS })
    },
    passkeys_unavailable: async (house) => {
      const { as, key } = await keyed(house)
      const passkey = await signed(house, key)
      return house.ask('changeMe', { as, body: { ...NEW_ADDRESS, passkey } })
    },
    email_taken: async (house) => {
      const [{ as }, { email }] = [await house.person(), await house.person()]
      return house.ask('changeMe', { as, body: { email, password: PASSWORD } })
    },
  },
  changePassword: {
    forbidden: (house) => house.ask('changePassword', { body: NEW_PASSWORD }),
    password_weak: async (house) => {
      const { as } = await house.person()
      return house.ask('changePassword', {
        as,
        body: { current: PASSWORD, password: 'rowlock123' },
      })
    },
    credentials_wrong: async (house) => {
      const { as } = await house.person()
      return house.ask('changePassword', { as, body: { current: WRONG, password: STRONGER } })
    },
    second_factor_required: async (house) => {
      const { as } = await guarded(house)
      return house.ask('changePassword', { as, body: NEW_PASSWORD })
    },
    passkeys_unavailable: async (house) => {
      const { as, key } = await keyed(house)
      const passkey = await signed(house, key)
      return house.ask('changePassword', { as, body: { ...NEW_PASSWORD, passkey } })
    },
  },
  listMySessions: { forbidden: (house) => house.ask('listMySessions') },
  endMySession: {
    forbidden: (house) =>
      house.ask('endMySession', { path: { session: `session_${'0'.repeat(32)}` }, body: {} }),
  },
}
