import { startAwakeTimer } from '../../../async/awake-timer.ts'
import type { RedirectOutcome } from '../redirect/outcomes.ts'
import type { PageMessage, TabChannel } from './tab-messages.ts'

/** What a tab is told: an outcome, or where the person has to answer again. */
export type TabAnswer = RedirectOutcome | { readonly again: string }

export interface ExpectedAnswer {
  readonly state: string
  /** How long the tab gets an answer, in ms in which the device is awake, regardless of when the attempt ends. */
  readonly lifetime: number
  /** Whether an answer comes from the authority to which the tab was sent. Any other answer is not used. */
  isGenuine(answer: URLSearchParams): boolean
  /** Called with the first answer, and once more after `again`. */
  answered(answer: URLSearchParams): Promise<TabAnswer>
}

/**
 * Receives the answers of sign-in pages from our own page in their tabs. It listens as long as a tab may come back, also
 * after its attempt is over: so that the tab is told.
 */
export interface TabRedirects {
  expect(answer: ExpectedAnswer): void
  /** Stops listening, so that a tab that comes back finds no app. */
  close(): void
}

interface Expected extends ExpectedAnswer {
  readonly stopTimer: () => void
  isAnswered: boolean
}

export const tabRedirects = (channel: TabChannel): TabRedirects => {
  const expected = new Map<string, Expected>()
  /** Pages that were heard and have no outcome yet. */
  const waiting = new Set<string>()
  let stopListening: (() => void) | null = null

  const outcomeOf = async (tab: Expected, answer: URLSearchParams): Promise<TabAnswer> => {
    if (tab.isAnswered) return 'already-answered'
    if (!tab.isGenuine(answer)) return 'foreign-issuer'
    tab.isAnswered = true
    const outcome = await tab.answered(answer).catch((): RedirectOutcome => 'internal')
    tab.isAnswered = typeof outcome === 'string'
    return outcome
  }

  const receive = async ({ page, answer }: PageMessage & { type: 'answered' }): Promise<void> => {
    const parameters = new URLSearchParams(answer)
    const tab = expected.get(parameters.get('state') ?? '')
    // It belongs to another tab of the app.
    if (tab === undefined) return
    channel.post({ type: 'heard', page })
    waiting.add(page)
    const outcome = await outcomeOf(tab, parameters)
    waiting.delete(page)
    if (typeof outcome === 'string') channel.post({ type: 'outcome', page, outcome })
    else channel.post({ type: 'again', page, address: outcome.again })
  }

  const close = (): void => {
    for (const { stopTimer } of expected.values()) stopTimer()
    expected.clear()
    stopListening?.()
    stopListening = null
  }

  return {
    expect: (answer) => {
      const forget = (): void => {
        expected.delete(answer.state)
        if (expected.size === 0) close()
      }
      const stopTimer = startAwakeTimer(answer.lifetime, forget, { keepsProcess: false })
      expected.set(answer.state, { ...answer, stopTimer, isAnswered: false })
      stopListening ??= channel.listen((message) => {
        if (message.type === 'answered') void receive(message)
        if (message.type === 'waiting' && waiting.has(message.page))
          channel.post({ type: 'heard', page: message.page })
      })
    },
    close,
  }
}
