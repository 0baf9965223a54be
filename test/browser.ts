import type { Browser, LaunchOptions } from 'playwright-core'
import { chromium } from 'playwright-core'

/**
 * How to launch a real browser without a window. On Linux it comes with the packages (unpacked to the temporary folder
 * the first time, about 3 s); elsewhere an installed Chrome is used.
 */
export const browserOptions = async (): Promise<LaunchOptions> => {
  if (process.platform !== 'linux') return { channel: 'chrome' }
  const { default: packaged } = await import('@sparticuz/chromium')
  packaged.setGraphicsMode = false
  // Without the package's own arguments: they run everything in one process, which ends with its first context, and
  // switch off the security features that our pages are tested with.
  return { executablePath: await packaged.executablePath() }
}

/** A real browser without a window. */
export const launchBrowser = async (): Promise<Browser> => chromium.launch(await browserOptions())
