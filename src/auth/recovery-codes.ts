import { hash, randomBytes } from 'node:crypto'

const COUNT = 10
/** 32 letters that nobody mistakes for one another; 16 of them are 80 bits. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const LENGTH = 16

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
