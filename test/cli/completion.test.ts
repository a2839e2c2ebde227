import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { rowlockHere } from '../support/conversation.ts'

/** Says that a shell is not here; false where it is. */
function whyNot(shell: string): string | false {
  return spawnSync(shell, ['--version']).status !== 0 && `${shell} is not here`
}

/** Asks what bash would offer for the last of these words, and what else it said. */
async function offered(...lines: (readonly string[])[]): Promise<string[]> {
  const { stdout: script } = await rowlockHere(['completion', 'bash'])
  const asked = lines.map((words) => `offer ${words.map((word) => `'${word}'`).join(' ')}`)
  const text = `${script}
offer() {
  COMP_WORDS=(rowlock "$@") COMP_CWORD=$# COMPREPLY=()
  _rowlock
  echo "\${COMPREPLY[*]}"
}
${asked.join('\n')}`
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', text], { encoding: 'utf8' })
  assert.deepEqual([status, stderr], [0, ''])
  return stdout.trimEnd().split('\n')
}

describe('rowlock completion', { skip: process.platform === 'win32' }, () => {
  it('offers commands, options and their choices in bash', async () => {
    assert.deepEqual(
      await offered(
        ['ho'],
        ['plan', 'ge'],
        ['--json', 'venue', 'c'],
        ['plan', 'export', 'plan_1', '--fo'],
        ['plan', 'export', '--format', ''],
        ['export', 'hamlet', 'bo'],
        ['completion', 'f'],
      ),
      [
        'hold',
        'generate get',
        'create change',
        '--format',
        'rowlock csv pretix',
        'bookings',
        'fish',
      ],
    )
  })

  it('leaves free text alone, and runs nothing that was typed', async () => {
    const typed = ['plan', 'import', '$(echo typed >&2)', '--name', '']
    assert.deepEqual(await offered(typed, ['plan', 'import', '`echo typed >&2`', '--na']), [
      '',
      '--name',
    ])
  })

  it('tells zsh the same, and fish also what each is for', async () => {
    const [bash, zsh, fish] = await Promise.all(
      ['bash', 'zsh', 'fish'].map(
        async (shell) => (await rowlockHere(['completion', shell])).stdout,
      ),
    )
    const body = String(bash).split('\n').slice(1).join('\n')
    assert.ok(zsh?.includes('bashcompinit') && zsh.endsWith(body))
    assert.ok(fish?.includes("'__rowlock_at hold' -f -a list -d 'list the live holds of a show'"))
    assert.ok(fish?.includes("'__rowlock_at plan export' -l format -x -a 'rowlock csv pretix'"))
  })

  it('is offered by fish itself', { skip: whyNot('fish') }, async () => {
    const { stdout: script } = await rowlockHere(['completion', 'fish'])
    const asked = [
      'ho',
      'plan ge',
      'plan export plan_1 --format ',
      'booking list --ref',
      'hold x ch',
    ]
      .map((line) => `echo (complete -C 'rowlock ${line}' | string split -f 1 \\t)`)
      .join('\n')
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', `${script}\n${asked}`], {
      encoding: 'utf8',
    })
    assert.deepEqual(
      [stdout.trimEnd().split('\n'), stderr],
      [['hold', 'generate get', 'csv pretix rowlock', '--reference', 'change'], ''],
    )
  })

  it('is taken by zsh itself', { skip: whyNot('zsh') }, async () => {
    const { stdout: script } = await rowlockHere(['completion', 'zsh'])
    // As zsh calls such a function. Which of its words begin as typed, zsh looks for itself.
    const ask = `words=(rowlock plan ge) CURRENT=3 COMP_WORDS=(rowlock plan ge) COMP_CWORD=2
      print -r -- "$_comps[rowlock]"; compgen -F _rowlock -- ge`
    const zsh = ['-f', '-c', `autoload -Uz compinit && compinit -u -D\n${script}\n${ask}`]
    const { stdout, stderr } = spawnSync('zsh', zsh, { encoding: 'utf8' })
    assert.equal(stderr, '')
    const [by, ...words] = stdout.trim().split('\n')
    assert.equal(by, '_bash_complete -o default -F _rowlock')
    assert.ok(words.includes('generate') && !words.includes('serve'), stdout)
  })

  it('knows no other shell', async () => {
    const { code, stderr } = await rowlockHere(['completion', 'tcsh'])
    assert.deepEqual([code, /bash, zsh, fish/.test(stderr)], [2, true])
  })
})
