import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { PageTexts } from '../page-texts.ts'

interface Notices {
  /** A sentence that is always shown. */
  readonly notice: string | null
  /** The page has lost its program. */
  readonly isLost: boolean
  /** Code of the page could not be loaded. */
  readonly isIncomplete: boolean
}

/** What there is to say about the page itself, above everything else. */
export const pageNotices = (
  { notice, isLost, isIncomplete }: Notices,
  words: PageTexts,
  onReload: () => void,
): TemplateResult =>
  html`<div class="notices">
    ${notice === null ? nothing : html`<p class="notice">${notice}</p>`}
    <div role="status">${isLost ? html`<p class="notice lost">${words.lost}</p>` : nothing}</div>
    ${
      isIncomplete
        ? html`<div class="notice lost" role="alert">
            <p>${words.incomplete}</p>
            <button class="button" @click=${onReload}>${words.reload}</button>
          </div>`
        : nothing
    }
  </div>`
