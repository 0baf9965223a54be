import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { CommandType } from '../../../../index.ts'
import { explainRefusal } from '../../../../messages.ts'
import type { CardView } from '../card-view.ts'

export type Look = 'primary' | 'danger' | 'subtle' | 'subtle last' | 'plain' | 'brand' | 'brand google'

/** The label is the command's own, unless `content` gives another. */
export interface CommandLook {
  readonly look?: Look
  readonly content?: unknown
  /** The id of a text in the card that says why the command is refused, or what it does. Default: a text beside the button. */
  readonly describedBy?: string
}

const HUSHED = 'hushed'

/** Escape hides the reason of a button (WCAG 2.2, 1.4.13) until the focus or, without it, the pointer has left. */
const hush = (event: Event): void => {
  const place = event.currentTarget as Element
  if (event instanceof KeyboardEvent) {
    if (event.key === 'Escape') place.classList.add(HUSHED)
  } else if (event.type === 'focusout' || !place.matches(':focus-within')) place.classList.remove(HUSHED)
}

export interface ReasonedButton {
  /** Of the reason; unique in the element. */
  readonly id: string
  /** Why the button is off, or what it does. Undefined: its label says enough. */
  readonly why: string | undefined
  /** The id of a text elsewhere that says it. */
  readonly describedBy?: string | undefined
  /** Refused: it can be focused, and pressing it shows the reason. */
  readonly isOff: boolean
  readonly look: string
  readonly content: unknown
  /** The command that it gives, for tests and styles of the app. */
  readonly command?: CommandType
  readonly isWaiting?: boolean
  readonly press: () => void
}

/** A button that says why it is off. */
export const reasonedButton = (button: ReasonedButton): TemplateResult => {
  const { id, why, describedBy, isOff, look, content, command, isWaiting = false } = button
  const press = (event: Event): void => {
    // Not every browser focuses a button that is clicked, and the reason is shown for the focus.
    const pressed = event.currentTarget as HTMLElement
    if (isOff) {
      pressed.parentElement?.classList.remove(HUSHED)
      pressed.focus()
    } else {
      // What the press does may refuse the button: the person who pressed it does not ask why.
      pressed.parentElement?.classList.add(HUSHED)
      button.press()
    }
  }
  return html`<span class="command" @keydown=${hush} @focusout=${hush} @pointerleave=${hush}>
    <button
      class="button ${look}"
      part="button"
      data-command=${command ?? nothing}
      aria-disabled=${isOff || isWaiting}
      aria-describedby=${describedBy ?? (why === undefined ? nothing : id)}
      @click=${press}
    >
      ${content}
    </button>
    ${why === undefined ? nothing : html`<span class="why" id=${id} role="tooltip">${why}</span>`}
  </span>`
}

/** The button of a command. If the command is refused, it stays and says why. */
export const commandButton = (
  view: CardView,
  command: CommandType,
  { look = 'plain', content, describedBy }: CommandLook = {},
): TemplateResult => {
  const { card, account, texts } = view
  const reason = refusalOf(view, command)
  return reasonedButton({
    id: `${account.source}-${command}-why`,
    why: describedBy === undefined ? (reason ?? texts.settings.hints[command]) : undefined,
    describedBy,
    isOff: reason !== null,
    isWaiting: card.pending !== null,
    look: card.pending === command ? `${look} pending` : look,
    content: content ?? texts.settings.commands[command],
    command,
    press: () => card.press(command),
  })
}

/** Why a command is refused, and what to do instead; null if it is allowed. */
export const refusalOf = ({ account, texts, situation }: CardView, command: CommandType): string | null => {
  const code = account.commands[command]
  if (code === null) return null
  const { happened, next } = explainRefusal(texts, code, situation)
  return `${happened} ${next}`
}
