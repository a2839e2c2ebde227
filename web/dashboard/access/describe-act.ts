import type { AuditEntry } from '../../../src/protocol/index.ts'
import { shortId } from '../parts/short-id.ts'
import type { Names } from '../session/actor-names.ts'

/** Words for what was done, by the operation's name. */
export const ACTIONS: Readonly<Record<string, string>> = {
  createUser: 'Added a person',
  changeUser: 'Changed a person',
  createSignInLink: 'Created a sign-in link',
  sign_in_failed: 'Sign-in failed',
  refresh_reused: 'A stolen session was ended',
  changeMe: 'Changed their own account',
  changePassword: 'Changed the password',
  createApiKey: 'Created an API key',
  changeApiKey: 'Renamed an API key',
  rotateApiKey: 'Rotated an API key',
  revokeApiKey: 'Revoked an API key',
  bootstrap: 'Created the first operator',
  createVenue: 'Created a venue',
  changeVenue: 'Changed a venue',
  createPlan: 'Created a seating plan',
  changePlan: 'Changed a seating plan',
  createShow: 'Created a show',
  changeShow: 'Changed the terms of a show',
  repeatShow: 'Repeated a show',
  deleteShow: 'Deleted a show',
  addSeats: 'Added seats to a show',
  createSession: 'Signed in',
  refreshSession: 'Renewed a session',
  endSession: 'Signed out',
  endMySession: 'Signed out on another device',
  endAllSessions: 'Signed out everywhere',
  endUserSessions: 'Signed a person out everywhere',
  confirmSecondFactor: 'Set up an authenticator app',
  removeSecondFactor: 'Removed the authenticator app',
  confirmPasskey: 'Added a passkey',
  removePasskey: 'Removed a passkey',
  passkey_copied: 'Refused a copied passkey',
  removeUserSecondFactor: 'Removed a person’s second factor',
  createWebhook: 'Created a webhook',
  changeWebhook: 'Changed a webhook',
  disableWebhook: 'A webhook was disabled',
  rotateWebhookSecret: 'Rotated the secret of a webhook',
  replayWebhook: 'Replayed events to a webhook',
  deleteWebhook: 'Deleted a webhook',
}
const TROUBLE = new Set(['sign_in_failed', 'refresh_reused', 'passkey_copied', 'disableWebhook'])
const SHOWN_MAX = 120

/** An act in words. */
export function describeAct(entry: AuditEntry, names: Names) {
  const { action, actor, subject, details } = entry
  const about = [
    subject === null || subject === actor ? '' : nameOf(subject, names),
    details === null ? '' : detailsOf(details),
  ]
  return {
    what: ACTIONS[action] ?? action,
    who: nameOf(actor, names),
    about: about.filter(Boolean).join(' · '),
    isTrouble: TROUBLE.has(action),
  }
}

function nameOf(id: string, names: Names): string {
  if (id === 'operator') return 'the operator key'
  return names.get(id) ?? shortId(id)
}

/** `overlapSeconds` → `overlap seconds` */
function nameWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueWords).join(' ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object'
    ? JSON.stringify(value)
    : String(value).replace('box_office', 'box office')
}

/** `{ role: 'box_office', name: 'Ada' }` → `role: box_office, name: Ada` */
function detailsOf(details: Readonly<Record<string, unknown>>): string {
  const text = Object.entries(details)
    .filter(([, value]) => value !== null && value !== undefined && value !== 0)
    .map(([name, value]) => `${nameWords(name)}: ${valueWords(value)}`)
    .join(', ')
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text
}
