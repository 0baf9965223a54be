import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Source } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import { icon } from '../base/icons.ts'

interface ToolsOptions {
  /** The index of the event that is looked at; -1: there is none. */
  readonly at: number
  readonly count: number
  readonly isPast: boolean
  /** How many events wait while the view is paused; null: it is not. */
  readonly waiting: number | null
  /** Null: all. */
  readonly source: Source | null
  readonly offered: readonly Source[]
  /** What the last press of a button did; null: nothing that has to be said. */
  readonly notice: string | null
  readonly texts: Messages
  readonly go: (index: number) => void
  readonly now: () => void
  readonly pause: () => void
  readonly copy: () => void
  readonly choose: (source: Source | null) => void
}

/** The buttons, and a line that says whether now or the past is shown. */
export const toolsView = (options: ToolsOptions): TemplateResult => {
  const { at, count, isPast, waiting, source, offered, notice, texts } = options
  const { inspector, sources } = texts
  const isLive = !isPast && waiting === null
  const step = (label: string, to: number, name: 'back' | 'forward') =>
    html`<button
      class="button icon ${name}"
      part="button"
      aria-label=${label}
      title=${label}
      aria-disabled=${String(to < 0 || to >= count)}
      @click=${() => options.go(to)}
    >
      ${icon('back', 'mirrored')}
    </button>`
  const choice = (each: Source | null, label: string) =>
    html`<button
      class="button"
      part="button"
      aria-pressed=${String(each === source)}
      @click=${() => options.choose(each)}
    >
      ${label}
    </button>`
  return html`<div class="bar">
      <div class="tools">
        ${step(inspector.back, at - 1, 'back')} ${step(inspector.forward, at + 1, 'forward')}
        <button class="button" part="button" aria-disabled=${String(isLive)} @click=${options.now}>
          ${inspector.now}
        </button>
        <button class="button" part="button" @click=${options.pause}>
          ${waiting === null ? inspector.pause : inspector.goOn}
        </button>
        <button class="button" part="button" aria-disabled=${String(count === 0)} @click=${options.copy}>
          ${icon('copy')}${inspector.copy}
        </button>
      </div>
      <p class="mode ${isLive ? 'live' : 'past'}" role="status">
        ${isPast ? inspector.past(at + 1, count) : waiting === null ? inspector.live : inspector.paused(waiting)}
        ${notice}
      </p>
    </div>
    ${
      offered.length > 1
        ? html`<div class="choices" role="group" aria-label=${inspector.shown}>
            ${choice(null, inspector.all)} ${offered.map((each) => choice(each, sources[each]))}
          </div>`
        : nothing
    }`
}
