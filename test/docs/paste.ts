import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cleanEnvironment, environmentOf, startServer } from '../support/command-line.ts'
import type { TestDatabase } from '../support/database.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const CLI = `"${process.execPath}" "${MAIN}"`
const OPERATOR_KEY = 'operator-key-of-the-guides'

/** A reader's shell: what is pasted into it, one block after the other, and where. */
export interface Reader {
  readonly directory: string
  readonly environment: Readonly<Record<string, string>>
  /** Answers what was said; fails where a command does. */
  paste(
    context: TestContext,
    commands: readonly string[],
    more?: Readonly<Record<string, string>>,
  ): Promise<string>
}

/** A reader with this database behind the server, and what the guide about access has set. */
export async function useReader(database: TestDatabase): Promise<Reader> {
  const environment = { ...environmentOf(database), ROWLOCK_OPERATOR_KEY: OPERATOR_KEY }
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-guides-'))
  after(() => rm(directory, { recursive: true, force: true }))
  const keyFile = join(directory, 'operator-key')
  await writeFile(keyFile, OPERATOR_KEY)
  const given = {
    OPERATOR: `Authorization: Bearer ${OPERATOR_KEY}`,
    JSON: 'Content-Type: application/json',
  }

  async function paste(
    context: TestContext,
    commands: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { url } = await startServer(context, environment)
    const script = commands
      .join('\n')
      .replaceAll(/(?:http:\/\/127\.0\.0\.1|localhost):3000/g, url)
      .replaceAll('.rowlock/operator-key', keyFile)
      .replaceAll('tee /dev/stderr', 'tee -a /dev/stderr')
      .replaceAll('npm run -s rowlock --', CLI)
      .replaceAll(/^rowlock /gm, `${CLI} `)
    // Into a file, as into a terminal: a pipe of ours has no /dev/stderr that could be opened.
    const output = join(directory, `${context.name.length}.txt`)
    const bash = spawn('bash', ['-euo', 'pipefail', '-c', `exec >> '${output}' 2>&1\n${script}`], {
      env: cleanEnvironment({ ...environment, ...given, API: `${url}/v1`, ...more }),
      cwd: directory,
      stdio: 'ignore',
    })
    const [code] = await once(bash, 'close')
    const said = await readFile(output, 'utf8')
    assert.equal(code, 0, said)
    return said
  }

  return { directory, environment, paste }
}
