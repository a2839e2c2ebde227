import type { Access, AccessRequest } from '../../src/auth/index.ts'
import type { Passkey } from '../../src/protocol/index.ts'
import { type Saying, SoftPasskey } from '../support/soft-passkey.ts'
import { BY_ANYBODY, PASSWORD, type Stage } from './use-access.ts'

const SITE = { host: 'tickets.example', origins: ['https://tickets.example'] }

/** Puts a request on a page at tickets.example. */
export const at = (request: AccessRequest, site = SITE): AccessRequest => ({
  ...request,
  site: () => site,
})
export const BY_VISITOR: AccessRequest = at(BY_ANYBODY)

/** Somebody who has set a passkey up. */
export interface Keyed {
  readonly id: string
  readonly email: string
  /** Identity of those who ask. */
  readonly as: AccessRequest
  readonly key: SoftPasskey
  readonly passkey: Passkey
  readonly recoveryCodes: readonly string[]
}

/** Steps that tests of passkeys take again and again. */
export function usePasskeys({ access, ...stage }: Stage) {
  const challenge = async (by: Access = access) =>
    (await by.createPasskeyChallenge(BY_VISITOR)).challenge
  /** A fresh signature. */
  const signed = async (key: SoftPasskey, other: Partial<Saying> = {}) =>
    key.sign(await challenge(), other)
  const person = async (role: 'user' | 'operator' = 'operator') => {
    const user = await stage.user({ role })
    return { ...user, as: at(await stage.as(await stage.signIn(user.email))) }
  }
  const enrol = async (
    as: AccessRequest,
    key: SoftPasskey,
    proof: Parameters<Access['beginPasskey']>[1] = { password: PASSWORD },
  ) => {
    const options = await access.beginPasskey(as, proof)
    return access.confirmPasskey(as, { name: 'Phone', credential: key.make(options.challenge) })
  }
  const keyed = async (usual: Partial<Saying> = {}): Promise<Keyed> => {
    const { as, id, email } = await person()
    const key = new SoftPasskey(usual)
    return { as, id, email, key, ...(await enrol(as, key)) }
  }
  /** Signs in with e-mail and password, and what proves the second factor. */
  const signIn = (email: string, proof: object = {}, by: Access = access) =>
    by.createSession(BY_VISITOR, { email, password: PASSWORD, ...proof })
  /** Signs in with a passkey alone. */
  const signInAlone = async (key: SoftPasskey, other: Partial<Saying> = {}) =>
    access.createSession(BY_VISITOR, { passkey: await signed(key, other) })
  return { challenge, signed, person, enrol, keyed, signIn, signInAlone }
}
