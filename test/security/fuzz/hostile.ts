import type { Random } from '../../../rig/index.ts'

/** Texts that have broken some system somewhere: injections, odd Unicode, look-alikes of values. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\t\n',
  '\u0000',
  'A\u00001',
  '\ud800',
  'A\udfff1',
  '\ufeffA1',
  '\u202eA1',
  'A\u200b1',
  'A1\u0301\u0301\u0301',
  '\u2028',
  '💺',
  '👩‍👩‍👧‍👦',
  'İIıi',
  'ß',
  '\ufdfa',
  '\ufdfa'.repeat(40),
  'Ａ１',
  "'",
  '"',
  '\\',
  "'; drop table rowlock.claims; --",
  "' or '1'='1",
  "'; select pg_sleep(9); --",
  '$1',
  '$$',
  '%',
  '_',
  '{"a":1}',
  '{1,2}',
  '(1,2)',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '../../../../etc/passwd',
  '..\\..\\boot.ini',
  '%2e%2e%2f',
  'file:///etc/passwd',
  'http://127.0.0.1:1/',
  'A1\r\nSet-Cookie: a=b',
  '%0d%0aSet-Cookie:%20a=b',
  '{{7*7}}',
  `\${7*7}`,
  '#{7*7}',
  '<%= 7*7 %>',
  '%s%n%x',
  '`id`',
  '$(id)',
  '| id',
  '=1+1',
  ',";\n',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-1',
  '1e999',
  '9007199254740993',
  '99999999999999999999999999',
  '0x10',
  '2030-02-30T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '+275760-09-13T00:00:00Z',
  '2030-01-01',
  'operator',
  'anonymous',
  '*',
  `user_${'0'.repeat(32)}`,
  `key_${'0'.repeat(32)}`,
  `hold_${'0'.repeat(32)}`,
  `hold_${'F'.repeat(32)}`,
  '00000000-0000-0000-0000-000000000000',
  'a@b@c',
  'ä@ö.example',
  'a'.repeat(41),
  'a'.repeat(121),
  'a'.repeat(201),
  'a'.repeat(256),
  'a'.repeat(5_000),
  `${'a'.repeat(60)}!`,
  'A-J',
  'A-ZZZZZZ',
  '1-99999999',
  'Z-A',
]

const NUMBERS = [0, -1, 1, 2, 0.5, -0.1, 1e-300, 1e21, 1e300, -1e300, 2 ** 31, 2 ** 53, 2 ** 63]

/** Values of the wrong kind, or nearly so. */
export function hostileValue(random: Random): unknown {
  switch (random.whole(0, 7)) {
    case 0:
      return random.pick([null, true, false])
    case 1:
      return random.pick(NUMBERS)
    case 2:
      return random.pick<unknown>([[], [[]], [null], {}, { a: { b: [] } }, [{}]])
    case 3:
      return Array.from({ length: random.pick([1, 2, 50, 1_001]) }, (_, n) => `A${n}`)
    case 4:
      return Array.from({ length: random.whole(1, 3) }, () => hostileText(random))
    case 5:
      return { [hostileText(random)]: hostileText(random) }
    default:
      return hostileText(random)
  }
}

/** One of the texts; once in a while a very long one. */
export function hostileText(random: Random): string {
  if (random.chance(0.002)) return 'x'.repeat(200_000)
  const text = random.pick(HOSTILE_TEXTS)
  if (random.chance(0.8)) return text
  return `${random.pick(['A1', ' ', ''])}${text}${random.pick(HOSTILE_TEXTS)}`
}

/** Fields that nobody may set from outside. */
export const HOSTILE_FIELDS: readonly string[] = [
  'id',
  'role',
  'owner',
  'actor',
  'scope',
  'scopes',
  'boxOffice',
  'seller',
  'version',
  'createdAt',
  'disabledAt',
  'bookedAt',
  'expiresAt',
  'passwordHash',
  '__proto__',
  'constructor',
  '',
  'a'.repeat(300),
  '\u0000',
  "'; --",
]

/** Changes a value somewhere inside: another value, a field more, a field less. */
export function mutate(random: Random, value: unknown): unknown {
  if (random.chance(0.15)) return hostileValue(random)
  if (Array.isArray(value)) return mutateList(random, value)
  if (typeof value === 'object' && value !== null) return mutateFields(random, value)
  return hostileValue(random)
}

function mutateList(random: Random, list: readonly unknown[]): unknown[] {
  const copy = [...list]
  if (copy.length === 0 || random.chance(0.2)) return [...copy, hostileValue(random)]
  if (random.chance(0.2)) return [...copy, random.pick(copy)]
  const at = random.whole(0, copy.length - 1)
  copy[at] = mutate(random, copy[at])
  return copy
}

function mutateFields(random: Random, fields: object): object {
  // Without a prototype, or `__proto__` would not be a field.
  const copy: Record<string, unknown> = Object.assign(Object.create(null), fields)
  const names = Object.keys(copy)
  if (names.length === 0 || random.chance(0.25)) {
    copy[random.pick(HOSTILE_FIELDS)] = hostileValue(random)
    return copy
  }
  const name = random.pick(names)
  if (random.chance(0.15)) delete copy[name]
  else copy[name] = mutate(random, copy[name])
  return copy
}
