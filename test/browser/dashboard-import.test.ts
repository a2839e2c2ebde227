import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DashboardPage } from './support/dashboard-page.ts'
import { findOffences } from './support/find-offences.ts'
import { useDashboard } from './support/use-dashboard.ts'

const { house, open } = await useDashboard('dashboard import')

async function choose(window: DashboardPage, name: string, lines: readonly string[]) {
  await window.visit('#/new')
  await window.field('Name of the venue').fill('Halle')
  const buffer = Buffer.from(lines.join('\n'))
  await window.field('Plan file').setInputFiles({ name, mimeType: 'text/csv', buffer })
}

/** A spreadsheet whose author had other names for everything. */
const FOREIGN = ['Hall;Ln.;Pl.;Colour;Notiz']
for (const row of 'ABC') {
  for (let seat = 1; seat <= 4; seat++) FOREIGN.push(`Parkett;${row};${seat};VIP;n${seat}`)
}

describe('a plan from a spreadsheet', () => {
  test('whose columns are not known: somebody says what they are and sees it', async () => {
    const window = await open()
    const { page } = window
    await choose(window, 'halle.csv', FOREIGN)
    await page
      .getByRole('alert')
      .getByText(/Nothing is stored yet/)
      .waitFor()
    const means = { Hall: 'section', 'Ln.': 'row', 'Pl.': 'seat', Colour: 'category' }
    for (const [name, meaning] of Object.entries(means)) {
      await page.getByLabel(`What ${name} means`).selectOption(meaning)
    }
    await page.getByRole('alert').getByText(/Notiz/).waitFor()
    await page.getByLabel('Ignore unknown columns').check()
    await page.getByText('12 seats', { exact: true }).waitFor()
    await page.getByRole('status').getByText('1 column was left out.').waitFor()
    await page.getByText('Parkett A: 4').waitFor()
    assert.deepEqual(await findOffences(page), [])
    await window.field('Title').fill('Faust')
    await window.field('Starts').fill('2030-12-01T19:00')
    const sent = page.waitForRequest((one) => one.method() === 'POST' && /plans$/.test(one.url()))
    await window.do('Create and put on sale')
    const { format, source, columns } = (await sent).postDataJSON()
    assert.deepEqual([format, source], ['csv', FOREIGN.join('\n')])
    assert.equal(columns.row, 'Ln.')
    await window.told('Faust is on sale.')
    const { seats } = await house.operator.getMap('faust-2030-12-01')
    assert.deepEqual([...new Set(seats.rows)], ['A', 'B', 'C'])
    assert.equal(seats.labels.length, 12)
    await window.close()
  })

  test('with names that are known needs no word about them', async () => {
    const window = await open()
    await choose(window, 'halle.csv', ['Reihe,Platz', 'A,1', 'A,2'])
    await window.page.getByText('2 seats', { exact: true }).waitFor()
    assert.equal(await window.page.getByLabel('What Reihe means').isVisible(), false)
    await window.close()
  })
})
