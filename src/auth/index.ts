export { type Authenticate, createAuthenticator } from './authenticator.ts'
export {
  ANONYMOUS,
  type Identity,
  mayBookFromBlocks,
  mayCall,
  OPERATOR,
  type Role,
} from './identity.ts'
export { type Access, type Operation, POLICY } from './policy.ts'
