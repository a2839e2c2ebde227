import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { LIMITS, Refusal } from '../protocol/index.ts'
import { emailKey } from './email-key.ts'

/** Words that people here think of first, beside the 49,000 passwords of the library. */
const CONTEXT =
  `rowlock boxoffice office theatre theater cinema concert arena stage show seat seats ticket
  tickets booking bookings operator admin summer autumn winter spring monday tuesday wednesday
  thursday friday saturday sunday january february march april june july august september october
  november december hamlet`.split(/\s+/)

/** Its time grows with the square of this; what is behind makes no password weaker. */
const LOOKED_AT_MAX = 48
/** "Safely unguessable: moderate protection from offline attack", 10^8 guesses. */
const SCORE_MIN = 3

let loading: Promise<ZxcvbnFactory> | undefined

/** Loaded for the first password: its words were a sixth of the work of a start, and 20 MB. */
async function loadStrength(): Promise<ZxcvbnFactory> {
  const { ZxcvbnFactory } = await import('@zxcvbn-ts/core')
  const { adjacencyGraphs, dictionary } = await import('@zxcvbn-ts/language-common')
  return new ZxcvbnFactory({
    dictionary: { passwords: dictionary['passwords-common'], context: CONTEXT },
    graphs: adjacencyGraphs,
    maxLength: LOOKED_AT_MAX,
  })
}

/**
 * Throws `password_weak` for what is guessed first: too short, a common password or a word of this
 * trade with digits behind, rows of keys, the e-mail or the name.
 */
export async function requireStrength(
  password: string,
  email: string | null,
  name: string,
): Promise<void> {
  const plain = password.normalize('NFKC')
  const { passwordLengthMin: min, passwordLengthMax: max } = LIMITS
  const length = [...plain].length
  if (length < min || length > max) throw weak(`A password must have ${min} to ${max} characters.`)
  if (email !== null) {
    const [key, folded] = [emailKey(email), emailKey(plain)]
    if (folded === key || folded === key.slice(0, key.lastIndexOf('@'))) {
      throw weak('The password must not be your e-mail address.')
    }
  }
  const own = [...(email ?? '').split(/[@.\-_+]/), ...name.split(/\s+/)]
  const words = own.filter((word) => word.length > 2).slice(0, 10)
  loading ??= loadStrength()
  if ((await loading).check(plain, words).score < SCORE_MIN) {
    throw weak('This is among the passwords guessed first. Use a longer one, such as four words.')
  }
}

function weak(detail: string): Refusal {
  return new Refusal('password_weak', { detail })
}
