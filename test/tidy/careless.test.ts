/**
 * Ways to run what somebody has sent, or to believe whoever answers, that nothing of ours goes; and
 * the table of requirements, whose evidence is there.
 */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type SourceFile, sourceFile, sourceFiles } from './rules/source-file.ts'

interface Rule {
  readonly what: string
  readonly where: readonly string[]
  readonly pattern: RegExp
  readonly control: string
}

const RULES: readonly Rule[] = [
  {
    what: 'text that becomes markup',
    where: ['web'],
    pattern: /\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|dangerouslySet|srcdoc/,
    control: 'row.innerHTML = name',
  },
  {
    what: 'text that becomes a program',
    where: ['src', 'web'],
    pattern: /(?<![\w.])eval\(|new Function\(|node:vm\b/,
    control: 'eval(name)',
  },
  {
    what: 'messages of other windows, and pages elsewhere',
    where: ['web'],
    pattern: /window\.(?:parent|opener)|\bpostMessage\(|\bonmessage\b|MessageEvent/,
    control: 'window.opener.postMessage(key)',
  },
  {
    what: 'patterns that are made of what comes in',
    where: ['calls', 'client', 'engine', 'auth', 'feed', 'plans', 'server'].map(
      (dir) => `src/${dir}`,
    ),
    // A constant of the module is made before anything has come in.
    pattern: /^(?!const [A-Z_]+ = new RegExp\().*new RegExp\(/m,
    control: '  const found = new RegExp(name)',
  },
  {
    what: 'commands in one text',
    where: ['calls', 'db', 'engine', 'auth', 'feed', 'plans', 'server'].map((dir) => `src/${dir}`),
    pattern: /\bshell: true|(?<![\w.])exec(?:Sync)?\(/,
    control: 'exec(name)',
  },
  {
    what: 'certificates that are not looked at',
    where: ['src'],
    pattern: /rejectUnauthorized|NODE_TLS_REJECT/,
    control: 'rejectUnauthorized: false',
  },
]

function offences(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.filter(({ code }) => pattern.test(code)).map(({ path }) => path)
}

test('random tests can be run again: their seed comes from one place', () => {
  for (const { path, code } of sourceFiles(['test'], ['.test.ts'])) {
    if (path.includes('/tidy/')) continue
    const asserts = code.match(/\bfc\.assert\(/g)?.length ?? 0
    const seeded = code.match(/\b(?:runs|sameRuns)(?:<[^>]+>)?\(/g)?.length ?? 0
    assert.ok(seeded >= asserts, `${path}: give fc.assert the parameters of runs(…)`)
  }
})

for (const { what, where, pattern, control } of RULES) {
  test(`there is no code for ${what}`, () => {
    assert.deepEqual(offences(sourceFiles(where, ['.ts', '.tsx']), pattern), [])
    assert.equal(offences([sourceFile('src/one.ts', control)], pattern).length, 1, 'control')
  })
}

const TABLE = new URL('../../docs/operating/asvs.md', import.meta.url)

/** Rows that claim what nothing shows: no file is named, or it is not there. */
function unproven(table: string): string[] {
  const rows = table.split('\n').filter((line) => /^\| \d/.test(line))
  return rows.flatMap((row) => {
    const [, requirement = '', status = '', evidence = ''] = row.split(' | ').flatMap((cell) => {
      return cell.split(/^\| /)
    })
    const links = [...evidence.matchAll(/\]\(([^)#]+)/g)].map((match) => match[1] as string)
    const isClaim = status.startsWith('met')
    const isSaid = isClaim || ['not met', 'yours', '–'].includes(status)
    const missing = links.filter((link) => !existsSync(new URL(link, TABLE)))
    const isShown = missing.length === 0 && (!isClaim || links.length > 0)
    return isSaid && evidence.length > 2 && isShown ? [] : [requirement]
  })
}

test('every requirement that is met names where that is shown', () => {
  const table = readFileSync(TABLE, 'utf8')
  assert.ok(table.split('\n').filter((line) => /^\| \d/.test(line)).length > 100)
  assert.deepEqual(unproven(table), [])
})

test('control: a claim without evidence is found, and so is evidence that is not there', () => {
  const row = (status: string, evidence: string) => `| 1.1.1 this | ${status} | ${evidence} |`
  assert.equal(unproven(row('met', 'we are careful')).length, 1)
  assert.equal(unproven(row('met', '[gone](../../test/gone.test.ts)')).length, 1)
  assert.equal(unproven(row('not met', '[gone](../../test/gone.test.ts)')).length, 1)
  assert.equal(unproven(row('not met', '')).length, 1, 'why?')
  assert.equal(unproven(row('in part', 'some of it')).length, 1, 'it is met or not')
  assert.equal(unproven(row('met', '[costs](costs.md#table)')).length, 0)
  assert.equal(unproven(row('yours', 'the proxy')).length, 0)
})

/**
 * Requirements at levels 1 and 2 of ASVS 5.0.0, by section: so many of each, which come first. What
 * follows them in a section is level 3.
 */
// biome-ignore format: a table
const LEVEL_2 = {
  '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2, '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1,
  '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5, '3.7': 2, '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4,
  '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3, '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5,
  '6.6': 3, '6.8': 4, '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2, '8.1': 2,
  '8.2': 3, '8.3': 1, '8.4': 1, '9.1': 3, '9.2': 4, '10.1': 2, '10.2': 2, '10.3': 4,
  '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3, '11.1': 2, '11.2': 3, '11.3': 3, '11.4': 4,
  '11.5': 1, '11.6': 1, '12.1': 3, '12.2': 2, '12.3': 4, '13.1': 1, '13.2': 5, '13.3': 2,
  '13.4': 5, '14.1': 2, '14.2': 4, '14.3': 3, '15.1': 3, '15.2': 3, '15.3': 7, '16.1': 1,
  '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3, '17.1': 1, '17.2': 4, '17.3': 2,
} as const

const NUMBERS = /^\| (\d+\.\d+\.\d+(?:(?:, | to )\d+\.\d+\.\d+)*)/

/** Numbers that a table has a row for; "6.2.1 to 6.2.3" are three. */
function numbersIn(table: string): string[] {
  const named = table.split('\n').flatMap((line) => NUMBERS.exec(line)?.[1] ?? [])
  return named.flatMap((text) =>
    text.split(', ').flatMap((part) => {
      const [from = '', to = from] = part.trim().split(' to ')
      const [section, first] = [from.slice(0, from.lastIndexOf('.')), Number(from.split('.')[2])]
      const count = Number(to.trim().split('.')[2]) - first + 1
      return Array.from({ length: count || 0 }, (_, n) => `${section}.${first + n}`)
    }),
  )
}

test('what is not met is said at the top', () => {
  const table = readFileSync(TABLE, 'utf8')
  const said = [...table.matchAll(/^Not met at level \d: ([\d.,\s]+)\.$/gm)].flatMap(
    ([, list = '']) => list.split(/,\s+/),
  )
  const rows = [...table.matchAll(/^\| (\S+) [^|]+ \| not met \|/gm)].map(([, number]) => number)
  assert.ok(rows.length > 0)
  assert.deepEqual(said.toSorted(), rows.toSorted())
})

test('each requirement has a row, and just one', () => {
  const table = readFileSync(TABLE, 'utf8')
  const all = Object.entries(LEVEL_2).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, n) => `${section}.${n + 1}`),
  )
  assert.equal(all.length, 253)
  assert.deepEqual(numbersIn(table).toSorted(), all.toSorted())
  const some = numbersIn('| 6.1.1, 6.3.2 to 6.3.4 this | met | that |\n| 6.1.1 again | met | |')
  assert.deepEqual(some, ['6.1.1', '6.3.2', '6.3.3', '6.3.4', '6.1.1'], 'control')
})
