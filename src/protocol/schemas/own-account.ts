import { z } from 'zod'
import { credential, email, phone, properName } from './people.ts'
import { proof } from './second-factor.ts'

/**
 * Only what changes. Another e-mail needs the password, where the user has one, and a proof, by who
 * has a second factor.
 */
export const ChangeMeBody = z
  .strictObject({
    name: properName.optional(),
    email: email.optional(),
    phone: phone.nullable().optional(),
    password: credential
      .optional()
      .describe('Your current password; required to change the e-mail address.'),
    ...proof,
  })
  .refine(
    ({ password: _, code: _code, passkey: _passkey, ...changes }) => {
      return Object.keys(changes).length > 0
    },
    { message: 'names nothing to change' },
  )
export type ChangeMeBody = z.infer<typeof ChangeMeBody>

/** `current` is needed by whoever has a password, and a proof by who has a second factor. */
export const ChangePasswordBody = z.strictObject({
  current: credential.optional(),
  password: credential,
  ...proof,
})
export type ChangePasswordBody = z.infer<typeof ChangePasswordBody>
