/** What the page shows. Only texts: the name of a contact may contain anything. */
import { displayName, isImportFailure, isSignOutFailure } from 'device-contacts/browser'
import type {
  CommandType,
  Contact,
  LinkedAccountView,
  Persistence,
  Progress,
  RefusalCode,
} from 'device-contacts/browser'
import * as messages from 'device-contacts/messages'
import { steps } from './steps.ts'

const SIGN_OUT = 'Sign out? Your contacts leave this device. In your account, nothing changes.'
const words = messages.messages(navigator.language)
const place = { source: 'microsoft365', steps, storage: 'browser' } as const
let situation: messages.Situation = place
/** What became of the last command, and what there is to say about the account. */
let answer: messages.Explanation | null = null
let about: readonly messages.Explanation[] = []

let shown: LinkedAccountView | undefined
let progress: Progress | undefined
let imported: (() => unknown) | null = null

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no #${id}`)
  return found
}
const commands = [...document.querySelectorAll<HTMLButtonElement>('button[name]')]

export const onPress = (id: string, act: () => unknown): void =>
  element(id).addEventListener('click', () => void act())

export const onCommand = (run: (command: CommandType) => Promise<void>): void => {
  for (const button of commands)
    button.addEventListener('click', () => {
      if (button.name === 'signOut' && !confirm(SIGN_OUT)) return
      answer = null
      explain()
      void run(button.name as CommandType)
    })
}

/** Acts as soon as there is a list, once. */
export const onceImported = (act: () => unknown): void => {
  imported = act
}

/** Shows a list, or the beginning of it. */
export const showContacts = (contacts: readonly Contact[]): void => {
  const rows = contacts.map((contact) => {
    const row = document.createElement('li')
    row.textContent = displayName(contact)
    return row
  })
  element('contacts').replaceChildren(...rows)
}

/** Shows the state of the account and its progress, and which buttons work. */
export const showAccount = (view: LinkedAccountView | undefined, now: Progress | undefined): void => {
  if (view === undefined) return
  shown = view
  progress = now
  const { state, list, held, attempt } = view
  const onDevice = list?.count ?? 0
  situation = {
    ...{ ...place, onDevice, held, ...(list && { updatedAt: list.completedAt }) },
    ...(attempt?.by === 'refresh' && { refresh: { isAllowed: view.commands.refresh === null } }),
  }
  for (const button of commands) button.disabled = view.commands[button.name as CommandType] !== null
  element('main').dataset['state'] = state
  element('doing').textContent = doing(view)
  showTimes()
  element('count').textContent = list?.capped
    ? words.contactsOf(list.count, list.available)
    : words.contacts(onDevice)
  element('other-way').hidden = progress?.address === undefined || progress.tab === 'open'
  element('address').setAttribute('href', progress?.address ?? '')
  about = [
    ...(state === 'cancelled' ? [messages.explainCancelled(words, situation)] : []),
    ...(view.code === null ? [] : [messages.explainFailure(words, view.code, situation, view)]),
    ...view.notices.map((notice) => messages.explainNotice(words, notice, situation)),
  ]
  explain()
  element('kept').hidden = list === null
  if (list === null) return
  imported?.()
  imported = null
}

/** What changes while nothing happens. Not in the status: a screen reader would read each second of it. */
const showTimes = (): void => {
  const { waiting = null } = progress ?? {}
  const seconds = waiting === null ? 0 : Math.ceil((waiting.until.getTime() - Date.now()) / 1000)
  element('wait').textContent =
    waiting !== null && seconds > 0 ? words.waits[waiting.reason](situation.source, seconds) : ''
  element('access').hidden = shown?.accessUntil == null
  if (shown?.accessUntil == null) return
  const hasEnded = Date.parse(shown.accessUntil) <= Date.now()
  element('again').hidden = !hasEnded || shown.commands.restart !== null
  element('until').textContent = hasEnded
    ? 'Your sign-in has ended.'
    : `Signed in until ${words.time(shown.accessUntil)}.`
}
setInterval(showTimes, 1000)
onPress('again', () => commands.find(({ name }) => name === 'restart')?.click())

/** Says if the browser may remove the contacts. */
export const showPersistence = (persistence: Persistence): void => {
  element('kept').textContent =
    persistence === 'persistent' ? '' : 'The browser may remove these contacts when space is short.'
}

const doing = ({ state, counts }: LinkedAccountView): string => {
  if (state === 'consenting') return 'Sign in and agree in the tab that opened.'
  if (state !== 'fetching') return ''
  const { contacts, expected } = counts
  if (contacts === 0 && expected === null) return 'Looking for contacts…'
  return expected === null ? words.contacts(contacts) : words.contactsOfAbout(contacts, expected)
}

export const showRefusal = (code: RefusalCode): void => {
  answer = messages.explainRefusal(words, code, situation)
  explain()
}

/** Shows why the book could not be opened, or why a command failed. */
export const showFailure = (error: unknown): void => {
  const code = isImportFailure(error) ? error.code : 'internal'
  element('delete').hidden = code !== 'storage-damaged'
  answer = isSignOutFailure(error)
    ? messages.explainSignOutFailure(words, error, situation)
    : messages.explainFailure(words, code, situation)
  explain()
}

const explain = (): void => {
  const sentences = [...(answer ? [answer] : []), ...about].flatMap((each) => [
    each.happened,
    ...[each.kept, each.next, each.administrator].filter((sentence) => sentence !== null),
  ])
  element('problem').textContent = sentences.join(' ')
}
