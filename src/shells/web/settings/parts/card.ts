import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { CommandType, Source } from '../../../../index.ts'
import type { AccountMark } from '../../../../messages.ts'
import type { CardView } from '../card-view.ts'
import { capitalized } from '../../../../formats/capitalized.ts'
import { commandButton, refusalOf } from './command-button.ts'
import { consentPanel } from './consent-panel.ts'
import { elsewherePanel, fetchPanel } from './fetch-panel.ts'
import { dropHandlers, fileInput } from './file-zone.ts'
import { heldQuestion, isHeld, isKept } from './held-question.ts'
import { icon } from '../../base/icons.ts'
import { googleLogo } from '../look/google-logo.ts'
import { microsoftLogo } from '../look/microsoft-logo.ts'
import { hasAccessEnded, isOld, listFacts, skippedDetails } from './list-facts.ts'
import { messageBox } from './message-box.ts'
import { messagesOf } from '../problems.ts'

/** The card of one source: its account, the attempt under way, what happened, and what can be done. */
export const accountCard = (view: CardView): TemplateResult => {
  const { account, texts } = view
  const { source, state, list } = account
  const messages = messagesOf(view)
  const isRunning = account.runner === 'here' || account.runner === 'elsewhere'
  const named = new Set<CommandType>([
    ...messages.flatMap(({ commands }) => commands),
    ...(isHeld(view) && !isKept(view) ? (['approveRemoval', 'refresh'] as const) : []),
  ])
  const title = `${source}-title`
  const drop = view.isFile ? dropHandlers(view) : null
  return html`<section
    class="card ${state === 'idle' && list === null ? 'idle' : ''} ${view.card.isOver ? 'over' : ''}"
    part="card"
    aria-labelledby=${title}
    data-source=${source}
    @dragover=${drop?.over}
    @dragleave=${drop?.leave}
    @drop=${drop?.drop}
  >
    <header>
      <span class="tile">${mark(view)}</span>
      <div class="who">
        <h3 id=${title} tabindex="-1">${capitalized(texts.sources[source])}</h3>
        ${who(view)}
      </div>
      ${badge(view)}
    </header>
    ${exclusion(view)}
    ${messages.map((message) => keyed(message.explanation.happened, messageBox(view, message)))}
    ${isHeld(view) ? heldQuestion(view) : nothing} ${isRunning ? running(view) : nothing} ${listFacts(view)}
    ${skippedDetails(view)} ${footer(view, named)} ${view.isFile ? fileInput(view) : nothing}
  </section>`
}

const running = (view: CardView): TemplateResult =>
  view.account.runner === 'elsewhere'
    ? elsewherePanel(view)
    : view.account.state === 'consenting'
      ? consentPanel(view)
      : fetchPanel(view)

const mark = ({ account, isDemo, isFile }: CardView): unknown =>
  isFile ? icon('file') : isDemo ? icon('flask') : (logos[account.source] ?? icon('person'))

const logos: Readonly<Partial<Record<Source, unknown>>> = { microsoft365: microsoftLogo, google: googleLogo }

const who = (view: CardView): TemplateResult => {
  const { account, texts, isFile } = view
  const { name, username } = account.account ?? {}
  if (account.account === null)
    return html`<p class="muted">${texts.settings.about[account.source]}</p>
      ${isFile && exclusionOf(view) === null ? html`<p class="muted small" id="file-formats">${texts.settings.file.formats}</p>` : nothing}`
  return html`<p class="muted dots">
    ${name === undefined ? nothing : html`<bdi>${name}</bdi>`}
    ${username === undefined ? nothing : html`<bdi dir="ltr">${username}</bdi>`}
  </p>`
}

/** Why the source cannot be linked beside another one. The person looks for it, so it is always there to read. */
const exclusionOf = (view: CardView): string | null =>
  view.account.commands.signIn === 'other-microsoft-source' ? refusalOf(view, 'signIn') : null

const exclusion = (view: CardView): unknown => {
  const why = exclusionOf(view)
  return why === null
    ? nothing
    : html`<p class="excluded" id=${`${view.account.source}-excluded`}>${icon('info')}<span>${why}</span></p>`
}

const badge = (view: CardView): unknown => {
  const shown = badgeOf(view)
  if (shown === null) return nothing
  const [name, tone] = shown
  const sign = tone === 'success' ? 'done' : tone === 'info' ? 'info' : 'warning'
  return html`<span class="badge ${tone}" part="badge">${icon(sign)}${view.texts.settings.marks[name]}</span>`
}

const badgeOf = (view: CardView): readonly [AccountMark, string] | null => {
  const { state, list, held, runner } = view.account
  if (list !== null && list.status !== 'ready') return ['unreadable', 'danger']
  if (runner === 'nobody') return ['stopped', 'warning']
  const ofList = isOld(view) ? (['old', 'warning'] as const) : (['upToDate', 'success'] as const)
  switch (state) {
    case 'idle':
      return null
    case 'consenting':
      return ['waitingForYou', 'info']
    case 'fetching':
      return [list === null ? 'importing' : 'updating', 'info']
    case 'cancelled':
      return ['stopped', 'warning']
    case 'failed':
      return held === null ? ['attention', 'danger'] : isKept(view) ? ofList : ['question', 'warning']
    default:
      return ofList
  }
}

/** The commands that no message above shows. */
const footer = (view: CardView, named: ReadonlySet<CommandType>): unknown => {
  const { account, isDemo, isFile, texts } = view
  const { settings } = texts
  if (account.state === 'idle' && account.list === null) {
    const { source } = account
    const isExcluded = exclusionOf(view) !== null
    const isBrand = !isDemo && !isFile && source in logos
    const label = isFile
      ? settings.commands.signIn
      : (isDemo ? settings.signInDemo : settings.signInWith)[source]
    return html`<footer class="commands">
      ${commandButton(view, 'signIn', {
        look: isBrand ? (source === 'google' ? 'brand google' : 'brand') : 'primary',
        content: html`${isFile || isDemo ? mark(view) : logos[source]}${label}`,
        ...(isExcluded && { describedBy: `${source}-excluded` }),
        ...(isFile && !isExcluded && { describedBy: 'file-formats' }),
      })}
      ${account.commands.signOut === null ? commandButton(view, 'signOut', { look: 'subtle' }) : nothing}
    </footer>`
  }
  const isAgain = hasAccessEnded(view)
  const commands = (['refresh', 'restart', 'signOut'] as const).filter(
    (command) =>
      !named.has(command) &&
      (command === 'signOut'
        ? !isFile || account.list !== null
        : (account.list !== null && !(command === 'refresh' && isAgain)) || isFree(view, command)),
  )
  if (commands.length === 0) return nothing
  return html`<footer class="commands">
    ${commands.map((command) =>
      keyed(
        command,
        commandButton(view, command, {
          look:
            command === 'signOut' ? 'subtle last' : command === 'restart' && isAgain ? 'primary' : 'plain',
          ...(command === 'restart' && isAgain && { content: settings.signInAgain }),
          ...(command === 'refresh' && { content: html`${icon('refresh')}${settings.commands.refresh}` }),
        }),
      ),
    )}
  </footer>`
}

/** Without a list, only allowed commands are worth a button. */
const isFree = ({ account }: CardView, command: 'refresh' | 'restart'): boolean =>
  account.list === null && account.commands[command] === null
