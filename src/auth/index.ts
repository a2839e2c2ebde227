export type { Access, Credentials, FirstSignIn } from './access.ts'
export type { AccessRequest, Browser, PasskeySite } from './access-request.ts'
export { ANONYMOUS, HOUSE, type Identity, OPERATOR } from './identity.ts'
export { type AccessSettings, openAccess } from './open-access.ts'
export {
  describeRow,
  mayBookFromBlocks,
  refusalFor,
  refusalForExport,
  refusalForShow,
} from './policy.ts'
export { networkOf } from './pseudonym.ts'
