import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { offence, type SourceFile, sourceFiles } from './rules/source-file.ts'

/** Held for friends of the theatre, house seats are a word of the trade; a house is not. */
const HOUSE = /\b(?:an?|the|this|that|its|whole|small|large|full|empty) houses?\b(?! seats?\b)/i

/** Words that nobody would say, and what to say instead. */
const COINAGES: readonly (readonly [RegExp, string])[] = [
  [/\bnobody in particular\b/i, 'anonymous callers'],
  [/\bmistakes? of ours\b/i, 'a bug in Rowlock'],
  [/\bnone of the seats was\b/i, 'you got none of the seats'],
  [/\bdocumented form\b/i, 'invalid'],
  [/\bnone that is known\b/i, 'unknown'],
  [/\bis answered with \d{3}\b/i, 'gets a 401'],
  [/\bfor who (?:has|is|may)\b/i, 'for people who, for callers who'],
  [/\bsigns? you in, once\b/i, 'a one-time sign-in link'],
  [/\blongest life\b/i, 'as long as the show allows'],
  [/\bwhere what was made\b/i, 'the address of what was created'],
  [HOUSE, 'venue, show or plan'],
  [/\bmay be given several times\b/i, 'repeatable'],
  [/\bat most so many\b/i, 'maximum number of'],
  [/\bfor size only\b/i, 'to save space'],
  [/\banew\b/i, 'again, or a verb with re-'],
  [/\bfor ever\b/i, 'forever'],
  [/\b(?:that|which) comes? along\b/i, 'bundled'],
  [/\bin the way: /i, 'unavailable: '],
  [/\bquestions? of yours\b/i, 'your requests'],
  [/\bwhat is so\b/i, 'what has happened'],
  [/\bkeeps? its whole time\b/i, 'lasts as long as it was promised'],
  [/\bwhoever\b(?! holds the seats)/i, 'anyone who, the person who'],
  [/\bjust now\b/i, 'right now'],
  [/\bthe version before\b/i, 'the previous version'],
  [/\bgo(?:es)? on where\b/i, 'resumes where'],
  [/\bis there (?:twice|already)\b/i, 'appears twice, already exists'],
  [/\bso many (?:of|seconds|milliseconds|hours|days)\b/i, 'this many, how many'],
  [/\bshown this once\b/i, 'you see it only now'],
]

/** Comments are for those who read the code. */
function withoutComments(file: SourceFile): SourceFile {
  const text = file.text.replace(/\/\*[\s\S]*?\*\/|\/\/ .*/g, (comment) => {
    return comment.replace(/\S/g, ' ')
  })
  return { ...file, text }
}

/** Texts that users read: the API with its errors, the command line, the pages and the guides. */
const READ = [
  ...sourceFiles([''], ['openapi.json', 'README.md', 'CHANGELOG.md', 'SECURITY.md']),
  ...sourceFiles(['docs'], ['.md']).filter(({ path }) => !path.startsWith('docs/decisions/')),
  ...sourceFiles(['web'], ['.tsx', 'texts.ts']).map(withoutComments),
  ...sourceFiles(['src/cli', 'rig', 'stress'], ['.ts']).map(withoutComments),
].filter(({ path }, index, all) => all.findIndex((each) => each.path === path) === index)

function coinages(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((line, index) =>
      COINAGES.filter(([pattern]) => pattern.test(line)).map(([pattern, better]) => {
        return offence(file, index, `"${pattern.exec(line)?.[0]}": say "${better}"`)
      }),
    ),
  )
}

describe('what users read', () => {
  it('has none of the words that only we would say', () => {
    assert.ok(READ.length > 60)
    assert.deepEqual(coinages(READ), [])
  })

  it('is looked at word by word: the rule can fail', () => {
    const page = { path: 'docs/a.md', text: 'Fine.\nA mistake of ours, once.', code: '' }
    assert.deepEqual(coinages([page]), ['docs/a.md:2: "mistake of ours": say "a bug in Rowlock"'])
  })
})
