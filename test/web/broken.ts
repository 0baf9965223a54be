import type { BrowserContext } from 'playwright-core'

/** Collects what no page of an app may cause: errors of scripts, and everything that the security policy stops. */
export const brokenIn = (context: BrowserContext): readonly string[] => {
  const broken: string[] = []
  context.on('weberror', (error) => broken.push(String(error.error())))
  context.on('console', (message) => {
    if (/Content Security Policy|Trusted(Type|HTML|Script)/i.test(message.text())) broken.push(message.text())
  })
  return broken
}
