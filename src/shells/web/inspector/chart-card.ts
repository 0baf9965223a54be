import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Source } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import { chartView, guardParts, possibleSteps } from './chart-view.ts'
import { factsOf } from './report-text.ts'
import type { Replayed } from './replay.ts'

/** Fonts of code do not all have one. */
const arrow = html`<svg class="line" viewBox="0 0 20 20" aria-hidden="true">
    <path d="M3 10h13M11 5l5 5-5 5" /></svg
  ><span class="visually-hidden">→</span>`

interface CardOptions {
  readonly source: Source
  /** The event that is looked at; null: there is none yet. */
  readonly shown: Replayed | null
  /** The last one until then that moved the machine of the source. */
  readonly last: Replayed | null
  readonly isPast: boolean
  readonly ago: (iso: string) => string
  readonly full: (iso: string) => string
  readonly texts: Messages
}

/** The state in words, the chart, and the event that is looked at. */
export const chartCard = (options: CardOptions): TemplateResult => {
  const { source, shown, last, isPast, texts } = options
  const { inspector } = texts
  const state = shown?.state ?? 'idle'
  const isBusy = shown?.isBusy ?? false
  return html`<section class="card" aria-labelledby="chart">
    <h3 id="chart">${inspector.chart}: <bdi>${texts.sources[source]}</bdi></h3>
    <dl class="facts">
      <dt>${inspector.state}</dt>
      <dd>
        <div role="status">
          <code class="strong" dir="ltr">${state}</code>
          <span class="means muted">${inspector.states[state]}</span>
        </div>
      </dd>
      ${transition(options)}
    </dl>
    <div class="scroller" tabindex="0" role="group" aria-label=${inspector.chart}>
      ${chartView({ state, last, isBusy, isPast, label: `${inspector.chart}, ${inspector.state}: ${state}` })}
    </div>
    <p class="small muted ${last?.event.type === 'account.signed-out' ? 'strong' : ''}">
      ${inspector.everywhere}: <code dir="ltr">account.signed-out ${arrow} idle</code>
    </p>
    ${shown === null ? nothing : event(shown, options)}
    <details>
      <summary>${inspector.next}</summary>
      <ul>
        ${possibleSteps(state).map(
          ({ event, guard, to }) =>
            html`<li>
              <code dir="ltr">${event}${guard === null ? '' : ` [${guard}]`} ${arrow} ${to}</code>
            </li>`,
        )}
      </ul>
    </details>
  </section>`
}

const transition = ({ last, ago, full, texts: { inspector } }: CardOptions): TemplateResult => {
  if (!last?.step)
    return html`<dt>${inspector.last}</dt>
      <dd class="muted">${inspector.noTransition}</dd>`
  const { from, to, guard } = last.step
  const time = last.event.time ?? ''
  return html`<dt>${inspector.last}</dt>
    <dd>
      <code dir="ltr"><b>${last.event.type}</b> ${from} ${arrow} ${to}</code>
      <time class="muted" datetime=${time} title=${full(time)}>${ago(time)}</time>
    </dd>
    ${
      guard === null
        ? nothing
        : html`<dt>${inspector.guard}</dt>
            <dd><code dir="ltr">[${guardParts(guard)}]</code></dd>`
    }`
}

const event = (
  { event: { type, position, time, attempt, data }, step }: Replayed,
  { full, texts: { inspector } }: CardOptions,
): TemplateResult =>
  html`<section class="event" aria-labelledby="event">
    <h4 id="event"><code dir="ltr">${type}</code></h4>
    <p>
      ${inspector.events[type as keyof typeof inspector.events]}
      ${step === null ? inspector.sameState : nothing}
    </p>
    <dl class="facts small muted">
      <dt>${inspector.position}</dt>
      <dd>${position}, <time datetime=${time ?? ''}>${full(time ?? '')}</time></dd>
      ${
        attempt == null
          ? nothing
          : html`<dt>${inspector.attempt}</dt>
              <dd><code dir="ltr">${attempt}</code></dd>`
      }
      ${factsOf(data).map((fact) => {
        const [name, ...value] = fact.split(/[=(]/)
        return html`<dt><code dir="ltr">${name}</code></dt>
          <dd><code dir="ltr">${value.join('=').replace(/\)$/, '')}</code></dd>`
      })}
    </dl>
  </section>`
