/** Everything that the API can, at the command line: or why not. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { commandsBelow, open, pathOf } from '../../scripts/reference-pages.ts'
import { OPERATION_IDS } from '../../src/protocol/operations/index.ts'

/** The command of each operation. */
const COMMANDS: Readonly<Record<string, string>> = {
  createVenue: 'venue create',
  listVenues: 'venue list',
  getVenue: 'venue get',
  changeVenue: 'venue change',
  createPlan: 'plan import',
  listPlans: 'plan list',
  getPlan: 'plan get',
  changePlan: 'plan change',
  createShow: 'show create',
  listShows: 'show list',
  getShow: 'show get',
  changeShow: 'show change',
  repeatShow: 'show repeat',
  deleteShow: 'show delete',
  addSeats: 'show add-seats',
  listSeats: 'export',
  getAvailability: 'show list',
  listJournal: 'journal',
  listHolds: 'hold list',
  getHold: 'hold get',
  changeHold: 'hold change',
  releaseHold: 'hold release',
  listBookings: 'booking list',
  findBookings: 'booking list',
  getBooking: 'booking get',
  changeBooking: 'booking change',
  swapSeats: 'booking swap',
  transferBooking: 'booking transfer',
  cancelBooking: 'booking cancel',
  blockSeats: 'block create',
  listBlocks: 'block list',
  getBlock: 'block get',
  changeBlock: 'block change',
  unblockSeats: 'block release',
  createUser: 'user create',
  listUsers: 'user list',
  getUser: 'user get',
  changeUser: 'user change',
  createSignInLink: 'user link',
  endUserSessions: 'user sign-out',
  removeUserSecondFactor: 'user remove-second-factor',
  createApiKey: 'key create',
  listApiKeys: 'key list',
  getApiKey: 'key get',
  changeApiKey: 'key change',
  rotateApiKey: 'key rotate',
  revokeApiKey: 'key revoke',
  createWebhook: 'webhooks create',
  listWebhooks: 'webhooks list',
  getWebhook: 'webhooks get',
  changeWebhook: 'webhooks change',
  rotateWebhookSecret: 'webhooks rotate',
  deleteWebhook: 'webhooks delete',
  testWebhook: 'webhooks test',
  listWebhookDeliveries: 'webhooks deliveries',
  replayWebhook: 'webhooks replay',
  listEvents: 'webhooks listen',
  getSystem: 'doctor',
}

/** Operations that the command line leaves out, by the reason. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'seats are sold where they are paid for: in a shop, or at the counter': [
    'holdSeats',
    'extendHold',
    'confirmHold',
    'bookSeats',
  ],
  'it is for those who sign in, and nobody signs in at the command line': [
    'createSession',
    'refreshSession',
    'endSession',
    'endAllSessions',
    'getMe',
    'changeMe',
    'changePassword',
    'listMySessions',
    'endMySession',
    'beginSecondFactor',
    'confirmSecondFactor',
    'removeSecondFactor',
    'beginPasskey',
    'confirmPasskey',
    'createPasskeyChallenge',
    'listMyPasskeys',
    'removePasskey',
    'listMyHolds',
    'listMyBookings',
  ],
  'it draws a house': ['getMap', 'getStatuses', 'streamShow'],
  'the dashboard draws it, and the API has it as CSV': ['getReport', 'listAudit'],
}

describe('the command line', () => {
  it('has every operation, or says why not', () => {
    const known = [...Object.keys(COMMANDS), ...Object.values(LEFT_OUT).flat()]
    assert.deepEqual(known.toSorted(), [...OPERATION_IDS].toSorted())
  })

  it('has every command that is named here', async () => {
    const paths = new Set(commandsBelow(await open()).map((command) => pathOf(command)))
    const missing = Object.values(COMMANDS).filter((path) => !paths.has(`rowlock ${path}`))
    assert.deepEqual(missing, [])
  })
})
