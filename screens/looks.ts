import type { BrowserContextOptions, Page } from 'playwright-core'
import type { SceneName } from './scenes.ts'

/** A way in which people see the page, and the scenes of which it has pictures. */
export interface Look {
  readonly context: BrowserContextOptions
  readonly scenes: 'all' | readonly SceneName[]
  /** What the browser cannot be asked for. */
  prepare?(page: Page): Promise<void>
}

const wide = { locale: 'en-US', viewport: { width: 1180, height: 760 } }

export const looks = {
  light: { context: wide, scenes: 'all' },
  dark: {
    context: { ...wide, colorScheme: 'dark' },
    scenes: ['sign-in', 'card', 'linked', 'person', 'duplicates', 'held', 'inside'],
  },
  narrow: {
    context: { ...wide, viewport: { width: 320, height: 640 } },
    scenes: [
      ...(['sign-in', 'list', 'search', 'card', 'linked', 'person', 'duplicates'] as const),
      ...(['held', 'call', 'try', 'inside'] as const),
    ],
  },
  'right-to-left': {
    context: wide,
    scenes: ['card', 'linked', 'duplicates', 'held', 'call'],
    prepare: (page) => page.evaluate(() => (document.documentElement.dir = 'rtl')).then(() => undefined),
  },
  'forced-colours': {
    context: { ...wide, forcedColors: 'active' },
    scenes: ['card', 'linked', 'duplicates', 'held'],
  },
  'large-text': {
    context: wide,
    scenes: ['sign-in', 'card', 'linked', 'held'],
    prepare: async (page) => {
      // A style of its own, because the page allows none within elements.
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync('html { font-size: 200% }')
        document.adoptedStyleSheets.push(sheet)
      })
    },
  },
  german: {
    context: { ...wide, locale: 'de-DE' },
    scenes: [
      'sign-in',
      'waiting',
      'card',
      'linked',
      'person',
      'duplicates',
      'held',
      'administrator',
      'capped',
    ],
  },
} as const satisfies Readonly<Record<string, Look>>
