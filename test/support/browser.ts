import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/**
 * A browser without a window. The program comes from npm, and is unpacked once into the temporary
 * directory. Close it after the tests.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await sparticuz.executablePath()
  // Its own arguments are for one process per call, which ends with its first page.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--headless=shell'] })
}
