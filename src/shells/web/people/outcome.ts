import { css, html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Explanation, PeopleLabels } from '../../../messages.ts'
import { icon } from '../base/icons.ts'

/** What became of the last decision: done, with a way back if there is one, or why it is not. */
export const outcome = (
  people: PeopleLabels,
  said: string | null,
  problem: Explanation | null,
  onUndo: (() => void) | null,
): TemplateResult | typeof nothing => {
  if (problem !== null)
    return html`<div class="outcome problem" part="message" role="alert">
      ${icon('warning')}
      <div>
        <p>${problem.happened}</p>
        <p>${problem.next}</p>
      </div>
    </div>`
  if (said === null) return nothing
  return html`<div class="outcome" part="message" tabindex="-1">
    ${icon('done')}
    <p>${said}</p>
    ${
      onUndo === null
        ? nothing
        : html`<button type="button" class="button" @keydown=${ignoreRepeats} @click=${onUndo}>
            ${people.undo}
          </button>`
    }
  </div>`
}

/** A key that is held down since an earlier button presses no other one. */
export const ignoreRepeats = (event: KeyboardEvent): void => {
  if (event.repeat && event.key === 'Enter') event.preventDefault()
}

export const outcomeStyles = css`
  .outcome {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space)) calc(3 * var(--_space));
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border-radius: var(--_radius);
    background: var(--_success-surface);
  }

  .outcome > svg {
    color: var(--_success);
  }

  .outcome > :is(p, div) {
    flex: 1;
    min-inline-size: 8rem;
  }

  /* The words keep their order on a page that runs the other way. */
  .outcome p {
    text-align: -webkit-match-parent;
    text-align: match-parent;
    unicode-bidi: plaintext;
  }

  .outcome.problem {
    background: var(--_danger-surface);
  }

  .outcome.problem > svg {
    color: var(--_danger);
  }

  @media (forced-colors: active) {
    .outcome {
      border: 1px solid CanvasText;
    }
  }
`
