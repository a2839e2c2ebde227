export type { Access, AccessRequest, Credentials, FirstSignIn } from './access.ts'
export { type Authenticate, createAuthenticator } from './authenticator.ts'
export { ANONYMOUS, type Identity, OPERATOR } from './identity.ts'
export {
  describeRow,
  mayBookFromBlocks,
  type Operation,
  POLICY,
  refusalFor,
  refusalForShow,
} from './policy.ts'
