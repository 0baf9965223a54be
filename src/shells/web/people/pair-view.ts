import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { PossibleDuplicate, Row } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import { icon } from '../base/icons.ts'
import { avatar } from '../contact/avatar.ts'

/** The name of a pair, for a sentence of any direction. */
export const pairName = ({ rows: [{ name }] }: PossibleDuplicate, { list }: Messages): string =>
  isolated(name || list.noName)

/** Two contacts side by side, what they have in common, and the question whether they are one person. */
export const pairView = (
  { rows, reasons }: PossibleDuplicate,
  { people, list, sources }: Messages,
  answer: (isSame: boolean) => void,
): TemplateResult => {
  const [one, other] = rows.map(({ name, source }) => `${isolated(name || list.noName)} (${sources[source]})`)
  return html`<li>
    <div
      class="pair"
      part="pair"
      role="group"
      tabindex="-1"
      aria-label=${people.pair(one ?? '', other ?? '')}
    >
      <ul class="reasons" role="list">
        ${reasons.map((reason) => html`<li>${icon('check')}${people.reasons[reason]}</li>`)}
      </ul>
      <div class="sides">${rows.map((row) => side(row, { list, sources }))}</div>
      <div class="answers">
        <button type="button" class="button" @click=${() => answer(true)}>${people.same}</button>
        <button type="button" class="button" @click=${() => answer(false)}>${people.notSame}</button>
      </div>
    </div>
  </li>`
}

const side = (row: Row, { list, sources }: Pick<Messages, 'list' | 'sources'>): TemplateResult => {
  const { key, name, organization, phone, email, source } = row
  const lines = [organization, email].filter((text) => text !== null && text !== name)
  return html`<div class="side">
    ${avatar(name, key)}
    <div class="texts">
      <p class="strong" dir="auto">${name || list.noName}</p>
      ${lines.map((text) => html`<p class="small" dir="auto">${text}</p>`)}
      ${phone === null || phone.value === name ? nothing : html`<p class="small"><bdi dir="ltr">${phone.value}</bdi></p>`}
      <p class="small muted">${sources[source]}</p>
    </div>
  </div>`
}

/** A name whose direction does not disturb the sentence around it (Unicode UAX #9, isolates). */
export const isolated = (name: string): string => `\u2068${name}\u2069`
