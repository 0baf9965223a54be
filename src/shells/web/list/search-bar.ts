import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ListLabels } from '../../../messages.ts'
import { icon } from '../base/icons.ts'

/** What the field of a search does. */
export interface SearchActions {
  readonly onFocus: () => void
  readonly onText: (text: string) => void
  /** Goes to the first result; opens it with Enter. */
  readonly onFirst: (isOpened: boolean) => void
  readonly onClear: () => void
}

/** The field of the search, with a button that clears it. */
export const searchBar = (list: ListLabels, isSearching: boolean, actions: SearchActions): TemplateResult =>
  html`<search class="bar">
    ${icon('search')}<input
      class="field"
      part="search"
      type="search"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      aria-label=${list.search}
      placeholder=${list.search}
      @focus=${actions.onFocus}
      @input=${(event: Event) => actions.onText((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.isComposing) return
        if (event.key === 'Escape') actions.onClear()
        else if (event.key === 'Enter') actions.onFirst(true)
        else if (event.key === 'ArrowDown') actions.onFirst(false)
        else return
        event.preventDefault()
      }}
    />${
      isSearching
        ? html`<button
            type="button"
            class="button subtle icon"
            aria-label=${list.clearSearch}
            @click=${actions.onClear}
          >
            ${icon('close')}
          </button>`
        : nothing
    }
  </search>`
