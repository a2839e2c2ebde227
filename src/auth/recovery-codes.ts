import { hash, randomBytes } from 'node:crypto'

const COUNT = 10
/**
 * 32 letters that nobody mistakes for one another; 24 of them are 120 bits. From 112 on a plain
 * hash keeps a code as well as a slow one does: nobody can try so many.
 */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const LENGTH = 24

/** Ten of them, each good once in place of another second factor. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, newRecoveryCode)
}

function newRecoveryCode(): string {
  const letters = Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('')
  return (letters.match(/.{4}/g) ?? []).join('-')
}

/** Case, blanks and hyphens of a recovery code are for people. */
export function recoveryHashOf(code: string): Buffer {
  return hash('sha256', code.toUpperCase().replace(/[\s-]/g, ''), 'buffer')
}
