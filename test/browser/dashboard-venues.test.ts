import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createShowOn } from '../support/servers.ts'
import { findOffences } from './support/find-offences.ts'
import { useDashboard } from './support/use-dashboard.ts'

const { house, open } = await useDashboard('dashboard venues')
const { operator } = house
const SIZES = {
  'on a desk': { width: 1280, height: 800 },
  'on a phone': { width: 390, height: 844 },
}
/** Directory for pictures of the pages, when somebody wants to look at them. */
const PICTURES = process.env.ROWLOCK_TEST_PICTURES

for (const [where, viewport] of Object.entries(SIZES)) {
  const picture = async (page: { screenshot: (to: object) => Promise<unknown> }, name: string) => {
    if (PICTURES === undefined) return
    await page.screenshot({ path: `${PICTURES}/${name}-${viewport.width}.png`, fullPage: true })
  }

  test(`a venue is made, corrected, and its plans are looked after, ${where}`, async () => {
    const window = await open({ viewport })
    const { page } = window
    const name = `Globe ${where}`
    await page.getByRole('link', { name: 'Venues' }).click()
    await window.do('New venue')
    await window.field('Name').fill(name)
    await window.field('Time zone').fill('Europe/Middle Earth')
    await page.getByText('Choose a time zone').waitFor()
    await window.field('Time zone').fill('Europe/Paris')
    assert.deepEqual(await findOffences(page), [])
    await window.do('Create the venue')
    await window.told('created.')
    await window.do(`Change: ${name}`)
    await window.field('Time zone').fill('America/New_York')
    await window.do('Save')
    // Not the zone: the venue of the test before has the same one.
    await window.told(`${name} saved.`)
    await picture(page, 'venues')
    const venue = (await operator.listVenues()).items.find((one) => one.name === name)
    assert.equal(venue?.timeZone, 'America/New_York')
    const source = { rows: 'A-C', seatsPerRow: 5 }
    await operator.createPlan(String(venue?.id), { name: 'Main', source })
    await operator.createPlan(String(venue?.id), { name: 'Studio', source })
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByText('15 seats · 0 shows').first().waitFor()
    await window.do('Rename: Main')
    await window.field('Name').fill('Main house')
    await window.do('Rename')
    await window.do('Retire: Studio')
    await window.told('Retired')
    await page.getByRole('button', { name: 'Bring back: Studio' }).waitFor()
    assert.deepEqual(await findOffences(page), [])
    await picture(page, 'venue')
    await page.getByRole('button', { name: 'Retire', exact: true }).click()
    await page.getByRole('button', { name: 'Bring back', exact: true }).waitFor()
    assert.notEqual((await operator.getVenue(String(venue?.id))).retiredAt, null)
    const plans = (await operator.listPlans(String(venue?.id), { retired: 'all' })).items
    assert.deepEqual(
      plans.map((plan) => [plan.name, plan.retiredAt !== null]),
      [
        ['Main house', false],
        ['Studio', true],
      ],
    )
  })

  test(`a show is repeated, archived, and deleted, ${where}`, async () => {
    const show = await createShowOn(house)
    const window = await open({ viewport })
    const { page } = window
    await window.visit(`#/shows/${show}/terms`)
    await window.do('Repeat…')
    await page.getByText('Choose a date other than the show’s own.').waitFor()
    await window.field('Date 1').fill('2031-03-01T19:00')
    await window.do('One more date')
    assert.equal(await window.field('Date 2').inputValue(), '2031-03-02T19:00')
    assert.deepEqual(await findOffences(page), [])
    await picture(page, 'repeat')
    await window.do('Create 2 shows')
    await page.getByRole('heading', { name: '2 shows created' }).waitFor()
    await window.do('Done')
    const again = await operator.getShow(`${show}-2031-03-02`)
    assert.equal(again.seatCount, (await operator.getShow(show)).seatCount)
    await window.do('Archive')
    await page.getByRole('heading', { name: 'This show is archived' }).waitFor()
    await picture(page, 'terms')
    assert.notEqual((await operator.getShow(show)).archivedAt, null)
    await window.visit('#/')
    await window.do('Archived')
    await page.locator(`a[href$="${show}"]`).first().waitFor()
    await window.visit(`#/shows/${show}/terms`)
    await window.do('Delete…')
    await window.do('Delete the show')
    await page.getByRole('heading', { name: 'Shows', level: 1 }).waitFor()
    await assert.rejects(operator.getShow(show), { code: 'show_unknown' })
  })

  test(`a report counts the seats, and can be printed, ${where}`, async () => {
    const show = await createShowOn(house)
    await operator.bookSeats(show, { seats: ['A1', 'A2'], holder: 'customer-17' })
    const window = await open({ viewport })
    const { page } = window
    await window.visit(`#/shows/${show}/report`)
    const tabs = page.locator('.tabs')
    assert.equal(await tabs.evaluate((one) => one.scrollWidth > one.clientWidth), false)
    await window.field('Count by').selectOption('holder')
    const line = page.getByRole('row', { name: /customer-17/ })
    await line.waitFor()
    assert.match((await line.innerText()).replace(/\s+/g, ' '), /customer-17 2 2/)
    assert.deepEqual(await findOffences(page), [])
    const file = page.waitForEvent('download')
    await window.do('CSV')
    assert.match((await file).suggestedFilename(), /-holder-status\.csv$/)
    await picture(page, 'report')
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await ground()
    await page.emulateMedia({ colorScheme: 'dark' })
    assert.notEqual(await ground(), light)
    // Paper is white, whatever the screen is.
    await page.emulateMedia({ media: 'print' })
    assert.equal(await ground(), light)
    assert.equal(await page.getByRole('button', { name: 'Print' }).isVisible(), false)
    const toasts = page.locator('.toasts')
    assert.equal(await toasts.evaluate((one) => getComputedStyle(one).display), 'none')
    assert.equal(await line.isVisible(), true)
    await picture(page, 'report-print')
  })
}
