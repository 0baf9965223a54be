import { html, nothing } from 'lit'
import type { ClientAccount } from '../../../../browser.ts'
import type { PageTexts } from '../page-texts.ts'

/**
 * Whether an account needs the person, or an import runs: seen on every view.
 *
 * @param kept attempts whose held removals the person does not want now, by source
 */
export const attentionMark = (
  accounts: readonly ClientAccount[],
  kept: Readonly<Record<string, string | null>>,
  words: PageTexts,
): unknown => {
  const isRunning = accounts.some(({ runner }) => runner !== null)
  const needsYou = accounts.some(
    ({ state, held, attempt, source }) =>
      state === 'failed' && !(held !== null && kept[source] === attempt?.id),
  )
  if (!isRunning && !needsYou) return nothing
  return html`<span class="dot ${isRunning ? 'running' : ''}"></span
    ><span class="visually-hidden">(${isRunning ? words.isRunning : words.needsYou})</span>`
}
