import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { ListLabels } from '../../../messages.ts'
import { icon } from '../base/icons.ts'

/** The card beside the list; before a contact is chosen, a hint. */
export const besideList = (
  list: ListLabels,
  card: TemplateResult | null,
  { onClose, onEscape }: { readonly onClose: () => void; readonly onEscape: () => void },
): TemplateResult =>
  html`<section
    class="side"
    part="card"
    aria-label=${list.card}
    @keydown=${(event: KeyboardEvent) => (event.key === 'Escape' ? onEscape() : undefined)}
  >
    ${
      card === null
        ? html`<div class="choose">
            ${icon('person')}
            <p class="muted">${list.choose}</p>
          </div>`
        : html`${card}<button
              type="button"
              class="button subtle icon close"
              aria-label=${list.close}
              @click=${onClose}
            >
              ${icon('close')}
            </button>`
    }
  </section>`

/** The card before the list, where there is no room beside it. */
export const overList = (
  list: ListLabels,
  card: TemplateResult,
  onClose: (event: Event) => void,
): TemplateResult =>
  html`<dialog part="dialog" aria-label=${list.card} @close=${onClose}>
    <div class="top">
      <button type="button" class="button subtle" @click=${onClose}>
        ${icon('back', 'mirrored')}${list.back}
      </button>
    </div>
    ${card}
  </dialog>`
