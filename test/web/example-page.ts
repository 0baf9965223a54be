import type { BrowserContext, Page } from 'playwright-core'
import type { CommandType, StateName } from '../../src/index.ts'
import type { ExampleApp } from './example-app.ts'

/** The page of `examples/web` in a tab, as a person sees it. */
export interface ExamplePage {
  readonly tab: Page
  readonly press: (command: CommandType) => Promise<void>
  /** Presses a button that opens a sign-in tab. Resolves to that tab. */
  readonly pressForTab: (command: 'signIn' | 'restart') => Promise<Page>
  /** Resolves once the page shows this state. */
  readonly shows: (state: StateName) => Promise<void>
  /** What the page says went wrong. */
  readonly problem: () => Promise<string>
  /** The buttons that work. */
  readonly enabled: () => Promise<readonly string[]>
  readonly names: () => Promise<readonly string[]>
}

export const openExample = async (context: BrowserContext, { address }: ExampleApp): Promise<ExamplePage> => {
  const tab = await context.newPage()
  await tab.goto(address)
  return examplePage(tab)
}

const examplePage = (tab: Page): ExamplePage => {
  const press = (command: CommandType) => {
    if (command === 'signOut') tab.once('dialog', (dialog) => void dialog.accept())
    return tab.locator(`button[name=${command}]`).click()
  }
  return {
    tab,
    press,
    pressForTab: async (command) => {
      const [opened] = await Promise.all([tab.waitForEvent('popup'), press(command)])
      return opened
    },
    shows: (state) => tab.locator(`main[data-state=${state}]`).waitFor(),
    problem: async () => (await tab.getByRole('alert').textContent()) ?? '',
    enabled: () =>
      tab
        .locator('button[name]:enabled')
        .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('name') ?? '')),
    names: () => tab.locator('#contacts > li').allTextContents(),
  }
}
