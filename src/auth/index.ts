export type { Access, AccessRequest, Credentials, FirstSignIn } from './access.ts'
export { ANONYMOUS, type Identity, OPERATOR } from './identity.ts'
export { type AccessSettings, openAccess } from './open-access.ts'
export {
  describeRow,
  mayBookFromBlocks,
  type Operation,
  POLICY,
  refusalFor,
  refusalForExport,
  refusalForShow,
} from './policy.ts'
