import type { ServerResponse } from 'node:http'
import type { RedirectOutcome } from './result-page.ts'
import { resultPage } from './result-page.ts'

/** Shows a person what became of their answer; a number is the HTTP status of a request that was none. */
export const sendResultPage = async (
  response: ServerResponse,
  outcome: RedirectOutcome | number,
  appName: string,
): Promise<void> => {
  const { status, headers, body } = resultPage(typeof outcome === 'number' ? 'unknown' : outcome, appName)
  // The person may have closed the tab meanwhile.
  if (response.destroyed) return
  await new Promise<void>((resolve) => {
    response
      .on('close', resolve)
      .writeHead(typeof outcome === 'number' ? outcome : status, headers)
      .end(body)
  })
}
