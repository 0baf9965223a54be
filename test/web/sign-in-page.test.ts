import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../browser-test.ts'
import { appContext, begin } from './browser-app.ts'
import { accept, chooseAccount, says } from './person.ts'

/** Milliseconds. What a page waits that is given no other patience. */
const PATIENCE = 1_500

test.beforeEach(({ site }) => {
  site.patience = null
})

/** From here on no time passes in the tab, also on its next pages, unless the test lets it. */
const stopTime = async (tab: Page): Promise<void> => {
  await tab.clock.install()
  await tab.clock.pauseAt(Date.now() + 60_000)
}

/** Resolves once the app has said to a page of a tab that it is there. */
const heard = (tab: Page): Promise<void> =>
  tab.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const channel = new BroadcastChannel('device-contacts/sign-in')
        channel.onmessage = ({ data }: MessageEvent<{ readonly type: string }>) => {
          if (data.type === 'heard') resolve()
        }
      }),
  )

test('a page that no app answers says so after a second and a half, and what to do', async ({
  context,
  site,
}) => {
  const tab = await context.newPage()
  await stopTime(tab)
  await tab.goto(`${site.options.signInPage}#state=of-no-app&code=c`)
  await says(tab, 'One moment')
  await tab.clock.runFor(PATIENCE - 1)
  await says(tab, 'One moment')
  await tab.clock.runFor(1)
  await says(tab, 'The app does not know this sign-in')
  expect(await tab.getByRole('status').textContent()).toContain('start the import again')
})

test('a page whose app dies while it redeems the code says so, and what to do', async ({ context, site }) => {
  site.sandbox.settings.change({ faults: [{ kind: 'silent', match: 'POST /common/oauth2/v2.0/token' }] })
  const app = await (await appContext(context)).open(site, site.options)
  const { tab } = await begin(app)
  await chooseAccount(tab)
  await stopTime(tab)
  await accept(tab)
  await says(tab, 'One moment')
  for (let asked = 0; asked < 3; asked++) {
    const answered = heard(tab)
    await tab.clock.runFor(PATIENCE)
    await answered
    await says(tab, 'One moment')
  }
  await app.tab.close()
  await tab.clock.runFor(2 * PATIENCE)
  await says(tab, 'The app does not answer any more')
  expect(await tab.getByRole('status').textContent()).toContain('start the import again')
})
