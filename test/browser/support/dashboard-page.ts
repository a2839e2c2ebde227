import type { Locator, Page } from 'playwright-core'
import type { RowlockSeatMap } from '../../../web/seat-map/seat-map.ts'
import { MapPage } from './map-page.ts'

/** A window with the dashboard, and what a person at the box office does there. */
export class DashboardPage extends MapPage {
  readonly #url: string

  constructor(page: Page, url: string) {
    super(page, url)
    this.#url = url
  }

  /** Goes to a page, such as `#/shows/hamlet`. */
  async visit(path: string): Promise<void> {
    await this.page.goto(`${this.#url}/${path}`)
  }

  /** Goes to a show, and waits until its house is there and live. */
  async visitShow(show: string, tab = ''): Promise<void> {
    await this.visit(`#/shows/${show}${tab === '' ? '' : `/${tab}`}`)
    await this.map.waitFor({ state: 'attached' })
    await this.map.evaluate((map: RowlockSeatMap) => map.ready)
  }

  /** Clicks seats, one after the other, until they are picked. */
  async pick(...labels: string[]): Promise<void> {
    for (const label of labels) await this.press(label)
    await this.desk
      .getByRole('heading', { name: labels.length === 1 ? /^Seat / : /seats picked/ })
      .waitFor()
  }

  get desk(): Locator {
    return this.page.getByRole('complementary')
  }

  /** In the desk, or in whatever else is open; by its whole name. */
  do(name: string | RegExp): Promise<void> {
    return this.page.getByRole('button', { name, exact: true }).click()
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true })
  }

  /** Signs in at the dialog, and waits until it is done. */
  async signIn(email: string, password: string): Promise<void> {
    const dialog = this.page.getByRole('dialog')
    if (!(await dialog.isVisible())) {
      await this.page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click()
    }
    await this.field('E-mail').fill(email)
    await this.field('Password').fill(password)
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  }

  /** Waits until the counter of a status stands at a number. */
  async counts(status: string, count: number): Promise<void> {
    const text = new RegExp(`^${count.toLocaleString('en')}$`)
    await this.page.locator(`[data-count="${status}"]`).filter({ hasText: text }).waitFor()
  }

  /** Waits until the desk has a card of this kind, for somebody. */
  async hasDeal(kind: 'Held' | 'Booked' | 'Blocked', name: string): Promise<Locator> {
    const deal = this.desk
      .locator('.deal')
      .filter({ has: this.page.getByRole('heading', { name: new RegExp(`^${kind}`) }) })
      .filter({ hasText: name })
    await deal.waitFor()
    return deal
  }

  /** Waits for the word that something was done. */
  async told(text: string | RegExp): Promise<Locator> {
    const toast = this.page.locator('.toast').filter({ hasText: text })
    await toast.waitFor()
    return toast
  }

  /** Takes back what was just done. */
  async undo(): Promise<void> {
    await this.page.locator('.toast-undo').click()
  }
}
