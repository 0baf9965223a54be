import type { ServerResponse } from 'node:http'
import type { TabOutcome } from './result-page.ts'
import { tabPage } from './result-page.ts'

/** Shows a person what became of their answer; a number is the HTTP status of a request that was none. */
export const sendTabPage = async (
  response: ServerResponse,
  outcome: TabOutcome | number,
  appName: string,
): Promise<void> => {
  const { status, headers, body } = tabPage(typeof outcome === 'number' ? 'unknown' : outcome, appName)
  // The person may have closed the tab meanwhile.
  if (response.destroyed) return
  await new Promise<void>((resolve) => {
    response
      .on('close', resolve)
      .writeHead(typeof outcome === 'number' ? outcome : status, headers)
      .end(body)
  })
}
