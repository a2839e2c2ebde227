export {
  changeApiKey,
  createApiKey,
  getApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from './api-keys.ts'
export { listAudit } from './audit.ts'
export { changeMe, changePassword, getMe } from './me.ts'
export {
  beginPasskey,
  confirmPasskey,
  createPasskeyChallenge,
  listMyPasskeys,
  removePasskey,
} from './passkeys.ts'
export {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  removeUserSecondFactor,
} from './second-factor.ts'
export {
  createSession,
  endAllSessions,
  endMySession,
  endSession,
  endUserSessions,
  listMySessions,
  refreshSession,
} from './sessions.ts'
export { changeUser, createSignInLink, createUser, getUser, listUsers } from './users.ts'
