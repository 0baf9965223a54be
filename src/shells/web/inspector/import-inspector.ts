import { html, nothing } from 'lit'
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit'
import type { ContactsClient, Source } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import { ContactsElement } from '../base/contacts-element.ts'
import { icon } from '../base/icons.ts'
import { chartCard } from './chart-card.ts'
import { eventList } from './event-list.ts'
import { EventFeed } from './event-feed.ts'
import { inspectorStyles } from './inspector-styles.ts'
import { officialInspector } from './official-inspector.ts'
import { timesOf } from './times.ts'
import { toolsView } from './tools.ts'
import { reportText } from './report-text.ts'
import type { Replayed } from './replay.ts'

/** How often `5 minutes ago` is brought up to date, in ms. */
const MINUTE = 60_000

const keepInView = (scroller: Element | null, selector: string): void => {
  const element = scroller?.querySelector(selector)
  if (!scroller || !element) return
  const [outer, inner] = [scroller.getBoundingClientRect(), element.getBoundingClientRect()]
  scroller.scrollBy(
    Math.max(0, inner.right - outer.right) + Math.min(0, inner.left - outer.left),
    Math.max(0, inner.bottom - outer.bottom) + Math.min(0, inner.top - outer.top),
  )
}

/** What happens inside of imports: the statechart live, and each recorded event, also those of the past. */
export class ImportInspector extends ContactsElement {
  static override properties: PropertyDeclarations = {
    source: { state: true },
    at: { state: true },
    pausedAt: { state: true },
    notice: { state: true },
  }
  static override styles = [...ContactsElement.styles, ...inspectorStyles]

  /** The source whose events are shown; null: all. */
  declare protected source: Source | null
  /** The position of the event that is looked at; null: the last one. */
  declare protected at: number | null
  /** Later events than the one at this position wait; null: none. */
  declare protected pausedAt: number | null

  /** What the last press of a button did, where nothing else shows it. */
  declare protected notice: string | null

  #feed: EventFeed | null = null
  #timer: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    this.source = null
    this.at = null
    this.pausedAt = null
    this.notice = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#timer = setInterval(() => this.requestUpdate(), MINUTE)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
  }

  protected override follow(client: ContactsClient) {
    if (this.#feed?.client !== client) {
      this.#feed = new EventFeed(client, () => this.requestUpdate())
      this.source = null
      this.at = null
      this.pausedAt = null
      this.notice = null
    }
    return [this.#feed.follow(), client.accounts.subscribe(() => this.requestUpdate())]
  }

  /** Of the chosen source, without those that wait while the view is paused. */
  get #events(): readonly Replayed[] {
    const { source, pausedAt } = this
    return (this.#feed?.events ?? []).filter(
      (each) =>
        (source === null || each.source === source) && (pausedAt === null || each.event.position <= pausedAt),
    )
  }

  protected override render(): unknown {
    const { texts } = this
    if (!texts) return nothing
    const { inspector } = texts
    const events = this.#events
    const shown = this.#shownIn(events)
    return html`<section class="root" aria-labelledby="title">
      <header>
        <h2 id="title" part="heading">${inspector.heading}</h2>
        <p class="muted">${inspector.intro}</p>
      </header>
      ${this.#tools(events, shown, texts)}
      <div class="sides">
        ${this.#chart(events, shown, texts)}
        <section class="card log" aria-labelledby="log">
          <h3 id="log">${inspector.log}</h3>
          ${this.#log(events, shown, texts)}
        </section>
      </div>
      ${officialInspector(inspector)}
    </section>`
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    // A sign-out has erased it, or newer ones have taken its place.
    if (this.#feed?.events.every(({ event }) => event.position !== this.at)) this.at = null
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    this.#keepInView()
  }

  #tools(events: readonly Replayed[], shown: Replayed | null, texts: Messages): TemplateResult {
    const all = this.#feed?.events ?? []
    const { pausedAt } = this
    return toolsView({
      at: shown === null ? -1 : events.indexOf(shown),
      count: events.length,
      isPast: this.at !== null,
      waiting: pausedAt === null ? null : all.filter(({ event }) => event.position > pausedAt).length,
      source: this.source,
      offered: [...new Set(all.map(({ source }) => source))],
      notice: this.notice,
      texts,
      go: (index) => this.#go(events, index),
      now: this.#now,
      pause: this.#pause,
      copy: () => void this.#copy(events, shown),
      choose: (source) => {
        this.source = source
        this.at = null
        this.notice = null
      },
    })
  }

  #chart(events: readonly Replayed[], shown: Replayed | null, texts: Messages): TemplateResult {
    const source = shown?.source ?? this.source ?? this.client?.accounts.get()[0]?.source ?? 'microsoft365'
    const until = shown === null ? [] : events.slice(0, events.indexOf(shown) + 1)
    const last = until.findLast((each) => each.source === source && each.step !== null) ?? null
    return chartCard({
      source,
      shown,
      last,
      isPast: this.at !== null,
      ago: (iso) => this.ago(iso) ?? texts.inspector.justNow,
      full: (iso) => timesOf(texts.locale).full.format(new Date(iso)),
      texts,
    })
  }

  #log(events: readonly Replayed[], shown: Replayed | null, texts: Messages): TemplateResult {
    const { inspector } = texts
    const { status = 'reading', dropped = 0 } = this.#feed ?? {}
    const sources = new Set(events.map(({ source }) => source))
    const { today, other, full } = timesOf(texts.locale)
    const day = new Date().toDateString()
    return html`${status === 'failed' ? html`<p class="warn" role="alert">${icon('warning')}${inspector.unavailable}</p>` : nothing}
    ${dropped > 0 ? html`<p class="small muted">${inspector.earlier(dropped)}</p>` : nothing}
    ${
      events.length === 0
        ? html`<p class="muted">${status === 'reading' ? inspector.reading : inspector.none}</p>`
        : eventList({
            events,
            shown,
            namesSources: sources.size > 1,
            texts,
            time: (iso) => {
              const date = new Date(iso)
              const short = (date.toDateString() === day ? today : other).format(date)
              return { short, full: full.format(date) }
            },
            go: (index) => this.#go(events, index),
          })
    }`
  }

  #shownIn(events: readonly Replayed[]): Replayed | null {
    const chosen = events.find(({ event }) => event.position === this.at)
    return chosen ?? events.at(-1) ?? null
  }

  /** The last event is not the past. */
  #go(events: readonly Replayed[], index: number): void {
    const to = events[index]
    if (!to) return
    this.at = index === events.length - 1 ? null : to.event.position
    this.notice = null
  }

  readonly #now = () => {
    this.at = null
    this.pausedAt = null
    this.notice = null
  }

  readonly #pause = () => {
    this.pausedAt = this.pausedAt === null ? (this.#feed?.events.at(-1)?.event.position ?? 0) : null
    this.notice = null
  }

  async #copy(events: readonly Replayed[], shown: Replayed | null): Promise<void> {
    if (events.length === 0) return
    const { inspector } = this.texts ?? {}
    const text = reportText(events, this.at === null ? null : shown, this.#feed?.dropped ?? 0, new Date())
    this.notice = await navigator.clipboard.writeText(text).then(
      () => inspector?.copied ?? null,
      () => inspector?.copyFailed ?? null,
    )
  }

  /** Scrolls the list and the chart, and nothing else of the page. */
  #keepInView(): void {
    keepInView(this.renderRoot.querySelector('.events'), '[aria-selected=true]')
    keepInView(this.renderRoot.querySelector('.scroller'), '.current')
  }
}
