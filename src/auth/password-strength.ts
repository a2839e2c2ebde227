import { LIMITS, Refusal } from '../protocol/index.ts'
import { emailKey } from './email-key.ts'

/**
 * What guessing begins with among passwords of ten characters and more, lower-case: rows of the
 * keyboard, digits in order, favourite words and names with digits behind. Written for Rowlock, and
 * short: the limits of tries are what holds guessing off.
 */
const COMMON: ReadonlySet<string> = new Set(
  `1234567890 0123456789 9876543210 0987654321 1234567891 12345678910 123456789a 1234567899
   12345678901 123456789012 1234512345 1231231231 123123123123 1212121212 1q2w3e4r5t 1q2w3e4r5t6y
   q1w2e3r4t5 q1w2e3r4t5y6 1qaz2wsx3edc qazwsxedcrfv zaq12wsxcde3 qwertyuiop qwertyuiop1
   qwertyuiop123 qwerty12345 qwerty123456 qwerty1234 qwertyqwerty asdfghjkl1 asdfghjkl123
   asdfasdfasdf zxcvbnm123 password12 password123 password1234 password12345 passwordpassword
   password01 password11 passw0rd123 p@ssw0rd123 mypassword iloveyou12 iloveyou123 iloveyou11
   iloveyou22 ilovegod11 administrator admin12345 admin123456 letmein123 welcome123 welcome1234
   abcd123456 abc1234567 abc123abc123 abcdefghij abcdefghijk a123456789 aa12345678 a1b2c3d4e5
   changeme123 computer123 basketball football123 baseball123 liverpool1 manchester chelsea123
   christopher alexander1 jennifer123 michelle12 elizabeth1 charlotte1 stephanie1 mercedes12
   butterfly1 strawberry sunshine12 sunshine123 princess12 princess123 chocolate1 cheesecake
   pokemon123 starwars123 superman123 spiderman1 batman1234 dragonball trustno1234 whatever12
   0000000000 1111111111 2222222222 5555555555 6666666666 7777777777 8888888888 9999999999
   00000000000 11111111111 111111111111 aaaaaaaaaa xxxxxxxxxx qqqqqqqqqq 1122334455 112233445566
   102030405060 1029384756 147258369a 1472583690 159753159753 789456123a 7894561230 0147258369
   blink182blink playstation snowboarding thunderbird undertaker1 wonderwoman newyork123 losangeles1
   fuckyou123 fuckyou1234 motherfucker lovelovelove iloveyousomuch mynameis123 forever123
   rowlock123 boxoffice1 boxoffice123 changeit123 correcthorsebatterystaple`.split(/\s+/),
)

/** Throws `password_weak` for what is guessed first: too short, too common, or the e-mail. */
export function requireStrength(password: string, email: string | null): void {
  const plain = password.normalize('NFKC')
  const { passwordLengthMin: min, passwordLengthMax: max } = LIMITS
  const length = [...plain].length
  if (length < min || length > max) throw weak(`It must have ${min} to ${max} characters.`)
  const lower = plain.toLowerCase()
  if (COMMON.has(lower) || new Set(lower).size < 3) {
    throw weak('It is one of the most common passwords.')
  }
  if (email === null) return
  const key = emailKey(email)
  const folded = emailKey(plain)
  if (folded === key || folded === key.slice(0, key.lastIndexOf('@'))) {
    throw weak('It must not be the e-mail address.')
  }
}

function weak(detail: string): Refusal {
  return new Refusal('password_weak', { detail })
}
