import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { CommandType } from '../../../../index.ts'
import type { Explanation, Sentences, Steps } from '../../../../messages.ts'
import type { CardView } from '../card-view.ts'
import { commandButton } from './command-button.ts'
import { icon } from '../../base/icons.ts'
import { mentionedSteps } from '../mentioned-steps.ts'

export type Tone = 'info' | 'warning' | 'danger'

/** Something that happened, and what to do. */
export interface Message {
  readonly tone: Tone
  /** Read out when it appears. */
  readonly isAlert?: boolean
  readonly explanation: Explanation
  /** The commands that its next step names and that are allowed, the most important first. */
  readonly commands: readonly CommandType[]
  /** Its next step is to load the page again. */
  readonly reloads?: boolean
}

/** The message for an explanation, with the buttons that its words name. */
export const messageOf = (
  { account, texts, situation }: CardView,
  more: Pick<Message, 'tone' | 'isAlert' | 'reloads'>,
  explain: (situation: CardView['situation']) => Explanation,
): Message => {
  const withSteps = (steps: Steps): Sentences => explain({ ...situation, steps })
  return {
    ...more,
    explanation: explain({ ...situation, steps: texts.settings.steps }),
    commands: mentionedSteps(withSteps).filter((command) => account.commands[command] === null),
  }
}

/** @param more drawn below the sentences: what belongs to this message alone */
export const messageBox = (view: CardView, message: Message, more: unknown = nothing): TemplateResult => {
  const { settings } = view.texts
  const { tone, isAlert = false, explanation, commands, reloads = false } = message
  const { happened, next, kept, administrator } = explanation
  return html`<div class="message ${tone}" part="message" role=${isAlert ? 'alert' : 'group'}>
    ${tone === 'info' ? icon('info') : icon('warning')}
    <div class="text">
      <p class="strong">${happened}</p>
      <p>${next}</p>
      ${kept === null ? nothing : html`<p class="muted">${kept}</p>`} ${more}
      ${
        administrator === null
          ? nothing
          : html`<div class="administrator">
              <p class="small muted">${administrator}</p>
              ${copyButton(view, administrator, settings.copyForAdministrator)}
            </div>`
      }
      ${
        commands.length === 0 && !reloads
          ? nothing
          : html`<div class="commands">
              ${
                reloads
                  ? html`<button class="button primary" part="button" @click=${() => location.reload()}>
                      ${settings.loadAgain}
                    </button>`
                  : nothing
              }
              ${commands.map((command, index) =>
                keyed(
                  command,
                  commandButton(view, command, { look: index === 0 && !reloads ? 'primary' : 'plain' }),
                ),
              )}
            </div>`
      }
    </div>
  </div>`
}

export const copyButton = ({ card, texts, copy }: CardView, text: string, label: string): TemplateResult => {
  const copied = card.copied?.text === text ? card.copied : null
  return html`<button class="button subtle copy" part="button" @click=${() => copy(text)}>
      ${copied?.isDone ? icon('done') : icon('copy')} ${copied?.isDone ? texts.settings.copied : label}
    </button>
    ${copied?.isDone === false ? html`<span class="small warn">${texts.settings.copyFailed}</span>` : nothing}`
}
