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
    pattern: /^(?!const [A-Z_]+ = ).*new RegExp\(/m,
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
    const missing = links.filter((link) => !existsSync(new URL(link, TABLE)))
    return (isClaim && links.length === 0) || missing.length > 0 ? [requirement] : []
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
  assert.equal(unproven(row('in part', '[gone](../../test/gone.test.ts)')).length, 1)
  assert.equal(unproven(row('met', '[costs](costs.md#table)')).length, 0)
  assert.equal(unproven(row('yours', 'the proxy')).length, 0)
})

/** Requirements of chapter 6 (authentication) at levels 1 and 2, by section. */
const CHAPTER_6 = { '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3 }

const NUMBERS = /^\| (\d+\.\d+\.\d+(?:(?:, | to )\d+\.\d+\.\d+)*)/

/** Numbers that a table has a row for; "6.2.1 to 6.2.3" are three. */
function numbersIn(table: string): Set<string> {
  const named = table.split('\n').flatMap((line) => NUMBERS.exec(line)?.[1] ?? [])
  return new Set(
    named.flatMap((text) =>
      text.split(', ').flatMap((part) => {
        const [from = '', to = from] = part.trim().split(' to ')
        const [section, first] = [from.slice(0, from.lastIndexOf('.')), Number(from.split('.')[2])]
        const count = Number(to.trim().split('.')[2]) - first + 1
        return Array.from({ length: count || 0 }, (_, n) => `${section}.${first + n}`)
      }),
    ),
  )
}

test('no requirement of authentication is left out', () => {
  const numbers = numbersIn(readFileSync(TABLE, 'utf8'))
  const all = Object.entries(CHAPTER_6).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, n) => `${section}.${n + 1}`),
  )
  assert.deepEqual(
    all.filter((number) => !numbers.has(number)),
    [],
  )
  const some = numbersIn('| 6.1.1, 6.3.2 to 6.3.4 this | met | that |')
  assert.deepEqual([...some], ['6.1.1', '6.3.2', '6.3.3', '6.3.4'], 'control')
})
