import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Messages } from '../../../messages.ts'
import { factsOf } from './report-text.ts'
import type { Replayed } from './replay.ts'

interface ListOptions {
  readonly events: readonly Replayed[]
  readonly shown: Replayed | null
  /** Whether rows name their source. */
  readonly namesSources: boolean
  readonly texts: Messages
  /** Texts of a time: short, and complete. */
  readonly time: (iso: string) => { readonly short: string; readonly full: string }
  /** Called with the index of the event to look at. */
  readonly go: (index: number) => void
}

/** Rows that Page Up and Page Down move by. */
const PAGE = 10

/** The events, newest last: one tab stop, moved through by the arrow keys. */
export const eventList = (options: ListOptions): TemplateResult => {
  const { events, shown, texts } = options
  const at = shown === null ? -1 : events.indexOf(shown)
  return html`<ol
    class="events"
    part="events"
    role="listbox"
    tabindex="0"
    aria-label=${texts.inspector.log}
    aria-activedescendant=${shown === null ? nothing : idOf(shown)}
    @keydown=${(event: KeyboardEvent) => moveBy(event, at, events.length, options.go)}
  >
    ${events.map((each, index) => row(each, index, each === shown, options))}
  </ol>`
}

const row = (
  replayed: Replayed,
  index: number,
  isShown: boolean,
  { namesSources, texts, time, go }: ListOptions,
): TemplateResult => {
  const { event, source } = replayed
  const { short, full } = time(event.time ?? '')
  // Those that are zero are in the details.
  const facts = factsOf(event.data).filter((fact) => !fact.endsWith('=0'))
  return html`<li
    id=${idOf(replayed)}
    part="event"
    role="option"
    aria-selected=${String(isShown)}
    @click=${() => go(index)}
  >
    <code dir="ltr">${event.type}</code>
    <time class="small muted" datetime=${event.time ?? nothing} title=${full}>${short}</time>
    <span class="data small muted"
      >${namesSources ? html`<b>${texts.sources[source]}</b> ` : nothing}${
        facts.length > 0
          ? html`<bdi dir="ltr">${facts.join('  ')}</bdi>`
          : texts.inspector.events[event.type as keyof Messages['inspector']['events']]
      }</span
    >
  </li>`
}

const idOf = ({ event }: Replayed): string => `event-${event.position}`

const moveBy = (event: KeyboardEvent, at: number, count: number, go: (index: number) => void): void => {
  const moves: Readonly<Record<string, number>> = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    PageUp: at - PAGE,
    PageDown: at + PAGE,
    Home: 0,
    End: count - 1,
  }
  const to = moves[event.key]
  if (to === undefined || count === 0 || event.altKey || event.metaKey || event.ctrlKey) return
  event.preventDefault()
  go(Math.min(Math.max(to, 0), count - 1))
}
