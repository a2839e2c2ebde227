import { z } from 'zod'
import { unfitAttributes } from '../../db/index.ts'

const YES = new Set(['true', '1', 'yes', 'on'])
const NO = new Set(['false', '0', 'no', 'off'])

/** A whole number between two bounds, both included. */
export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
}

/** `true` or `false`, in the spellings that people use. */
export const flag = z.string().transform((text, context) => {
  const word = text.toLowerCase()
  if (YES.has(word)) return true
  if (NO.has(word)) return false
  context.addIssue({ code: 'custom', message: 'must be true or false' })
  return z.NEVER
})

/** A `postgres://` URL. Its password is never repeated in a message. */
export const databaseUrl = z
  .string()
  .refine(isDatabaseUrl, {
    message: 'must be a URL such as postgres://user:password@host:5432/database',
  })
  .refine((url) => unfitAttributes(url) === null, {
    message: 'has a target_session_attrs other than read-write: a server has to write',
  })

function isDatabaseUrl(text: string): boolean {
  // A socket's directory in place of the host is fine for the driver, but no URL to URL.
  return /^postgres(ql)?:\/\/\S+$/.test(text)
}

/** The operator key: visible ASCII, since it travels in a header. */
export const operatorKey = z
  .string()
  .regex(/^[\x21-\x7e]{16,}$/, 'must be at least 16 visible ASCII characters, without blanks')

/** Web origins, separated by commas, or `*`. */
export const origins = z.string().transform((text, context) => {
  const list = splitList(text)
  for (const origin of list) {
    if (origin === '*' || isOrigin(origin)) continue
    const message = `has "${origin}", which is no origin such as https://shop.example`
    context.addIssue({ code: 'custom', message })
  }
  return list
})

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}

const PROXY_WORDS = new Set(['loopback', 'linklocal', 'uniquelocal'])

/** `true`, `false`, or the addresses of the proxies, separated by commas. */
export const proxies = z.string().transform((text, context): boolean | string[] => {
  if (YES.has(text.toLowerCase())) return true
  if (NO.has(text.toLowerCase())) return false
  const list = splitList(text)
  for (const address of list) {
    if (PROXY_WORDS.has(address) || /^[\da-f.:]+(\/\d{1,3})?$/i.test(address)) continue
    const message = `has "${address}", which is neither an address nor a network such as 10.0.0.0/8`
    context.addIssue({ code: 'custom', message })
  }
  return list
})

/** Names, or addresses, with or without a port, separated by commas. */
export const hosts = z.string().transform((text, context) => {
  const list = splitList(text)
  for (const host of list) {
    if (/^[\w.-]+(:\d{1,5})?$|^\[[\da-f:]+\](:\d{1,5})?$/i.test(host)) continue
    const message = `has "${host}", which is no name such as tickets.example`
    context.addIssue({ code: 'custom', message })
  }
  return list
})

/** An address that is spoken to over HTTP. */
export const httpUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    message: 'must be a URL such as http://collector:4318',
  })

/** From none (0) to all (1). */
export const share = z
  .string()
  .regex(/^(0|1|0?\.\d+|1\.0+|0\.0+)$/, 'must be a number from 0 to 1')
  .transform(Number)

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
