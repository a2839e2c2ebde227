import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/**
 * A browser without a window. On Linux the program comes from npm, and is unpacked once into the
 * temporary directory; elsewhere it is the Chrome that is installed. Close it after the tests.
 */
export async function openBrowser(): Promise<Browser> {
  // Containers run tests as root, and then a browser does not start with its sandbox.
  const args = ['--no-sandbox']
  if (process.platform !== 'linux') return chromium.launch({ channel: 'chrome', args })
  const executablePath = await sparticuz.executablePath()
  // Its own arguments are for one process per call, which ends with its first page.
  return chromium.launch({ executablePath, args: [...args, '--headless=shell'] })
}
