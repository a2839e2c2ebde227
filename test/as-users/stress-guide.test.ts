/** The commands of the guide about playing an on-sale, in small. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { commandsOf } from '../docs/blocks.ts'
import { environmentOf, rowlock, startServer } from '../support/command-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { useDirectory } from '../support/embedded.ts'

/** Options for a small sale: what is said twice counts as it is said last. */
const SMALL = ['--shoppers', '40', '--seats', '40', '--seconds', '10']
const commands = await commandsOf('docs/guides/stress.md')
const words = (command = '') => command.trim().split(' -- ')[1]?.split(' ') ?? []

test('with servers of its own, with kills, and on a server that runs', async (t) => {
  assert.equal(commands.length, 3)
  const directory = await useDirectory(t)
  const [report = '', evening = '', running = ''] = commands
  const file = join(directory, 'sale.html')
  const first = await rowlock([...words(report.replace('sale.html', file)), ...SMALL])
  assert.equal(first.code, 0, first.stderr)
  assert.match(await readFile(file, 'utf8'), /<h1>On sale/)
  const killed = await rowlock([...words(evening), ...SMALL])
  assert.equal(killed.code, 0, killed.stderr)
  assert.match(killed.stdout, /Every promise was kept\./)

  const environment = environmentOf(await useTestDatabase('stress guide'))
  assert.equal((await rowlock(['demo'], environment)).code, 0)
  const { url } = await startServer(t, environment)
  const played = await rowlock([
    ...words(running.replace('http://127.0.0.1:3000', url)),
    ...['--shoppers', '40', '--seconds', '10'],
  ])
  assert.equal(played.code, 0, played.stderr)
})
