import { after } from 'node:test'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import type { PlanSpec } from '../../../src/protocol/index.ts'
import type { ServerSettings } from '../../../src/server/index.ts'
import { openBrowser } from '../../support/browser.ts'
import { useTestDatabase } from '../../support/database.ts'
import { createShowOn, type ListeningServer, useListening } from '../../support/servers.ts'
import { MapPage } from './map-page.ts'
import { useWebBuild } from './web-build.ts'

/** Options for opening a map. */
export interface MapOptions extends BrowserContextOptions {
  /** Attributes of the element besides `show`. */
  readonly attributes?: Readonly<Record<string, string>>
  /** Another address of the same server. */
  readonly url?: string
}

/** A server with pages that have a map on them, for one test file. */
export interface Maps {
  readonly house: ListeningServer
  readonly browser: Browser
  /** A show with rows of seats, or on a plan; answers its key. */
  createShow(plan?: { rows: string; seatsPerRow: number } | PlanSpec): Promise<string>
  /** Opens a page of its own in a browser of its own, and waits until the map is live. */
  open(show: string, options?: MapOptions): Promise<MapPage>
}

/** Opens everything at the top of a test file, and closes it after its tests. */
export async function useMaps(name: string, settings: Partial<ServerSettings> = {}): Promise<Maps> {
  const webDir = await useWebBuild()
  const house = await useListening(await useTestDatabase(name), { webDir, ...settings })
  const browser = await openBrowser()
  after(() => browser.close())
  return {
    house,
    browser,
    createShow: (plan = { rows: 'A-E', seatsPerRow: 10 }) =>
      'rows' in plan ? createShowOn(house, plan) : createShowOnPlan(house, plan),
    async open(show, options = {}) {
      const { attributes = {}, url = house.url, ...contextOptions } = options
      const context = await browser.newContext({
        viewport: { width: 1280, height: 860 },
        reducedMotion: 'reduce',
        ...contextOptions,
      })
      const map = new MapPage(await context.newPage(), url)
      await map.open(show, attributes)
      return map
    },
  }
}

async function createShowOnPlan({ operator }: ListeningServer, source: PlanSpec): Promise<string> {
  const venue = await operator.createVenue({ name: 'A house', timeZone: 'Europe/London' })
  const { id } = await operator.createPlan(venue.id, { format: 'rowlock', source })
  const key = `show-${id.slice(-12)}`
  const startsAt = '2030-12-01T19:00:00Z'
  await operator.createShow({
    key,
    title: 'Hamlet',
    startsAt,
    plan: id,
    maxSeatsPerHold: 12,
    confirmBy: 'holder',
  })
  return key
}
