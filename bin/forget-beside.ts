import { forgetLateRedirects } from './late-redirects-file.ts'
import { forgetSandbox } from './sandbox/memory.ts'
import { forgetStart } from './sandbox/start-over.ts'
import { forgetGoogleClient } from './tenants/google-client-file.ts'

/**
 * Deletes the files that this program keeps beside a deleted store. They contain no contact, so it does no harm if they stay.
 */
export const forgetBeside = async (store: string): Promise<void> => {
  forgetLateRedirects(store)
  await forgetGoogleClient(store).catch(() => undefined)
  await forgetSandbox(store).catch(() => undefined)
  await forgetStart(store).catch(() => undefined)
}
