import { TOTP } from 'otpauth'
import { SoftPasskey } from '../../support/soft-passkey.ts'
import { type House, PASSWORD } from './house.ts'
import type { Provocations } from './provocation.ts'

const WRONG = 'nine-red-rowing-boats'
const BODY = { password: PASSWORD }

/** Somebody whose app waits for its first code. */
async function begun(house: House) {
  const person = await house.person()
  const { as } = person
  const { secret = '' } = await house.do('beginSecondFactor', { as, body: BODY })
  return { ...person, secret }
}

/** Somebody who needs a code to sign in. */
export async function guarded(house: House) {
  const person = await begun(house)
  const timestamp = await house.now()
  const totp = new TOTP({ secret: person.secret })
  const code = totp.generate({ timestamp })
  await house.do('confirmSecondFactor', { as: person.as, body: { code } })
  return { ...person, code, nextCode: totp.generate({ timestamp: timestamp + 30_000 }) }
}

function newKey(house: House): SoftPasskey {
  return new SoftPasskey({ host: 'localhost', origin: house.named })
}

async function told(house: House, ...asked: Parameters<House['askByName']>) {
  const { body } = await house.askByName(...asked)
  return (body ?? {}) as Record<string, string>
}

/** A fresh signature of a passkey. */
export async function signed(house: House, key: SoftPasskey) {
  const { challenge = '' } = await told(house, 'createPasskeyChallenge', { as: null, body: {} })
  return key.sign(challenge)
}

/** Body that confirms a passkey of somebody's. */
async function made(house: House, as: string, key = newKey(house), proof: object = {}) {
  const body = { ...BODY, ...proof }
  const { challenge = '' } = await told(house, 'beginPasskey', { as, body })
  return { name: 'Phone', credential: key.make(challenge) }
}

/** Somebody with a passkey. */
export async function keyed(house: House) {
  const person = await house.person()
  const { as } = person
  const key = newKey(house)
  const body = await made(house, as, key)
  const { passkey } = await told(house, 'confirmPasskey', { as, body })
  const { id = '' } = (passkey ?? {}) as unknown as { id?: string }
  return { ...person, key, passkey: id, body }
}

/** Somebody who has as many as one can have, and a challenge of when there was one less. */
async function laden(house: House) {
  const person = await keyed(house)
  const { as, key } = person
  const proof = async () => ({ passkey: await signed(house, key) })
  const late = await made(house, as, newKey(house), await proof())
  for (let n = 1; n < 10; n++) {
    const body = await made(house, as, newKey(house), await proof())
    await house.askByName('confirmPasskey', { as, body })
  }
  return { as, late, proof: await proof() }
}

const PASSKEY = { passkey: `passkey_${'0'.repeat(32)}` }

/** Provocations of every refusal of operations on second factors. */
export const SECOND_FACTOR_PROVOCATIONS: Pick<
  Provocations,
  | 'createPasskeyChallenge'
  | 'beginSecondFactor'
  | 'confirmSecondFactor'
  | 'removeSecondFactor'
  | 'listMyPasskeys'
  | 'beginPasskey'
  | 'confirmPasskey'
  | 'removePasskey'
> = {
  createPasskeyChallenge: {
    passkeys_unavailable: (house) => house.ask('createPasskeyChallenge', { as: null, body: {} }),
  },
  beginSecondFactor: {
    forbidden: (house) => house.ask('beginSecondFactor', { body: BODY }),
    credentials_wrong: async (house) => {
      const { as } = await house.person()
      return house.ask('beginSecondFactor', { as, body: { password: WRONG } })
    },
    second_factor_required: async (house) => {
      const { as } = await keyed(house)
      return house.ask('beginSecondFactor', { as, body: BODY })
    },
    passkeys_unavailable: async (house) => {
      const { as, key } = await keyed(house)
      const body = { ...BODY, passkey: await signed(house, key) }
      return house.ask('beginSecondFactor', { as, body })
    },
    second_factor_exists: async (house) => {
      const { as } = await guarded(house)
      return house.ask('beginSecondFactor', { as, body: BODY })
    },
  },
  confirmSecondFactor: {
    forbidden: (house) => house.ask('confirmSecondFactor', { body: { code: '123456' } }),
    credentials_wrong: async (house) => {
      const { as } = await begun(house)
      return house.ask('confirmSecondFactor', { as, body: { code: 'a code' } })
    },
    second_factor_unknown: async (house) => {
      const { as } = await house.person()
      return house.ask('confirmSecondFactor', { as, body: { code: '123456' } })
    },
    second_factor_exists: async (house) => {
      const { as, nextCode } = await guarded(house)
      return house.ask('confirmSecondFactor', { as, body: { code: nextCode } })
    },
  },
  removeSecondFactor: {
    forbidden: (house) => house.ask('removeSecondFactor', { body: { ...BODY, code: '123456' } }),
    credentials_wrong: async (house) => {
      const { as, code } = await guarded(house)
      return house.ask('removeSecondFactor', { as, body: { ...BODY, code } })
    },
    second_factor_required: async (house) => {
      const { as } = await guarded(house)
      return house.ask('removeSecondFactor', { as, body: BODY })
    },
    passkeys_unavailable: async (house) => {
      const { as } = await guarded(house)
      const passkey = newKey(house).sign('a-challenge')
      return house.ask('removeSecondFactor', { as, body: { ...BODY, passkey } })
    },
    second_factor_unknown: async (house) => {
      const { as } = await house.person()
      return house.ask('removeSecondFactor', { as, body: { ...BODY, code: '1' } })
    },
  },
  listMyPasskeys: { forbidden: (house) => house.ask('listMyPasskeys') },
  beginPasskey: {
    forbidden: (house) => house.askByName('beginPasskey', { body: BODY }),
    credentials_wrong: async (house) => {
      const { as } = await house.person()
      return house.askByName('beginPasskey', { as, body: { password: WRONG } })
    },
    second_factor_required: async (house) => {
      const { as } = await keyed(house)
      return house.askByName('beginPasskey', { as, body: BODY })
    },
    passkeys_unavailable: async (house) => {
      const { as } = await house.person()
      return house.ask('beginPasskey', { as, body: BODY })
    },
    too_many_passkeys: async (house) => {
      const { as, proof } = await laden(house)
      return house.askByName('beginPasskey', { as, body: { ...BODY, ...proof } })
    },
  },
  confirmPasskey: {
    forbidden: async (house) => {
      const body = { name: 'Phone', credential: newKey(house).make('a-challenge') }
      return house.askByName('confirmPasskey', { body })
    },
    passkeys_unavailable: async (house) => {
      const { as, body } = await keyed(house)
      return house.ask('confirmPasskey', { as, body })
    },
    passkey_invalid: async (house) => {
      const { as } = await house.person()
      const body = { name: 'Phone', credential: newKey(house).make('a-challenge') }
      return house.askByName('confirmPasskey', { as, body })
    },
    passkey_exists: async (house) => {
      const [{ key }, { as }] = [await keyed(house), await house.person()]
      return house.askByName('confirmPasskey', { as, body: await made(house, as, key) })
    },
    too_many_passkeys: async (house) => {
      const { as, late } = await laden(house)
      return house.askByName('confirmPasskey', { as, body: late })
    },
  },
  removePasskey: {
    forbidden: (house) =>
      house.askByName('removePasskey', { path: PASSKEY, body: { ...BODY, code: '123456' } }),
    credentials_wrong: async (house) => {
      const { as, passkey } = await keyed(house)
      const body = { ...BODY, code: '123456' }
      return house.askByName('removePasskey', { as, path: { passkey }, body })
    },
    second_factor_required: async (house) => {
      const { as, passkey } = await keyed(house)
      return house.askByName('removePasskey', { as, path: { passkey }, body: BODY })
    },
    passkeys_unavailable: async (house) => {
      const { as, passkey, key } = await keyed(house)
      const body = { ...BODY, passkey: await signed(house, key) }
      return house.ask('removePasskey', { as, path: { passkey }, body })
    },
  },
}
