import { after } from 'node:test'
import type { BrowserContextOptions } from 'playwright-core'
import type { ServerSettings } from '../../../src/server/index.ts'
import { openBrowser } from '../../support/browser.ts'
import { useTestDatabase } from '../../support/database.ts'
import {
  createShowOn,
  type ListeningServer,
  OPERATOR_KEY,
  useListening,
} from '../../support/servers.ts'
import { DashboardPage } from './dashboard-page.ts'
import { useWebBuild } from './web-build.ts'

/** Options for opening a window. */
export interface WindowOptions extends BrowserContextOptions {
  /** Without the operator's key. */
  readonly isStranger?: boolean
  /** Part that follows the address, such as a sign-in link; the operator's key when left out. */
  readonly entry?: string
  /** Another address of the same server. */
  readonly url?: string
}

/** A server with the dashboard, and windows on it, for one test file. */
export interface Dashboard {
  readonly house: ListeningServer
  /** A show with rows of seats; answers its key. */
  createShow(rows?: string, seatsPerRow?: number): Promise<string>
  /** Opens a window of its own in a browser of its own. */
  open(options?: WindowOptions): Promise<DashboardPage>
}

/** Opens everything at the top of a test file, and closes it after its tests. */
export async function useDashboard(
  name: string,
  settings: Partial<ServerSettings> = {},
): Promise<Dashboard> {
  const webDir = await useWebBuild()
  const house = await useListening(await useTestDatabase(name), { webDir, ...settings })
  const browser = await openBrowser()
  after(() => browser.close())
  return {
    house,
    createShow: (rows = 'A-E', seatsPerRow = 10) => createShowOn(house, { rows, seatsPerRow }),
    async open({ isStranger = false, entry, url = house.url, ...contextOptions } = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        reducedMotion: 'reduce',
        locale: 'en-GB',
        timezoneId: 'Europe/London',
        ...contextOptions,
      })
      const window = new DashboardPage(await context.newPage(), url)
      await window.visit(entry ?? (isStranger ? '' : `#key=${OPERATOR_KEY}`))
      await window.page.getByRole('heading', { name: 'Shows', level: 1 }).waitFor()
      return window
    },
  }
}
