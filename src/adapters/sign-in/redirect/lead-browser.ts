import type { BrowserOpener } from '../../../ports/browser-opener.ts'
import type { SignInContext } from '../../../ports/sign-in.ts'
import type { ConsentTimeout } from '../consent-timeout.ts'
import type { ExpectedRedirect } from './loopback-redirects.ts'

/** Opens a browser at the sign-in page, and shows the person where it is, unless the wait for them is over. */
export const leadBrowser = (
  address: string,
  {
    tab,
    wait,
    until,
    context,
    openBrowser,
  }: {
    readonly tab: ExpectedRedirect
    readonly wait: ConsentTimeout
    readonly until: Date
    readonly context: Pick<SignInContext, 'progress'>
    readonly openBrowser: BrowserOpener
  },
): void => {
  if (wait.hasEnded) return
  const { shown, opened: link, notOpened } = tab.startAt(address)
  context.progress({ address: shown, until })
  void openBrowser(link).then((opened) => {
    if (!opened) notOpened()
    if (!wait.hasEnded) context.progress({ address: shown, opened, until })
  })
}
