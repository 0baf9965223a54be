import type { FailureCode } from '../../../index.ts'
import {
  explainCancelled,
  explainFailure,
  explainNotice,
  explainRefusal,
  explainSignOutFailure,
  explainSignOutRefusal,
} from '../../../messages.ts'
import type { Explanation, Situation } from '../../../messages.ts'
import type { Problem } from './account-card.ts'
import type { CardView } from './card-view.ts'
import { messageOf } from './parts/message-box.ts'
import type { Message } from './parts/message-box.ts'

/** In a browser, the next step of these is to load the page again. */
const solvedByLoading: readonly FailureCode[] = [
  'storage-read-only',
  'storage-unavailable',
  'storage-locked',
  'storage-replaced',
]

/** Everything that a card has to say besides the attempt under way, the most important first. */
export const messagesOf = (view: CardView): readonly Message[] => {
  const { card, account, texts } = view
  const { state, list, code, runner, commands } = account
  const status = list?.status ?? 'ready'
  const found: Message[] = []
  if (card.problem !== null && !('code' in card.problem && state === 'failed' && card.problem.code === code))
    found.push(problemMessage(view, card.problem))
  if (status !== 'ready')
    found.push(failureMessage(view, status === 'locked' ? 'storage-locked' : 'storage-key-lost'))
  if (runner === 'nobody')
    found.push(
      messageOf(view, { tone: 'warning' }, (situation) =>
        // A refresh is refused until the person has decided about the attempt.
        explainFailure(texts, 'interrupted', {
          ...situation,
          steps: { ...situation.steps, refresh: situation.steps.restart },
        }),
      ),
    )
  // A held removal is a question of its own.
  if (state === 'failed' && code !== null && code !== 'removal-held' && !isAboutKey(code, status))
    found.push(failureMessage(view, code))
  if (state === 'cancelled')
    found.push(messageOf(view, { tone: 'info' }, (situation) => explainCancelled(texts, situation)))
  if (commands.refresh === 'store-is-newer')
    found.push(
      messageOf(view, { tone: 'warning' }, (situation) => explainRefusal(texts, 'store-is-newer', situation)),
    )
  for (const notice of account.notices)
    found.push(messageOf(view, { tone: 'warning' }, (situation) => explainNotice(texts, notice, situation)))
  const said = found.map(({ explanation }) => explanation.happened)
  return found.filter((_, index) => said.indexOf(said[index] ?? '') === index)
}

const isAboutKey = (code: FailureCode, status: string): boolean =>
  status !== 'ready' && (code === 'storage-locked' || code === 'storage-key-lost')

const failureMessage = (view: CardView, code: FailureCode): Message => {
  const { account, adminConsentLink, situation, texts } = view
  const details = code === account.code ? account.details : {}
  return messageOf(view, look(code, situation), (situation) =>
    explainFailure(texts, code, situation, {
      details,
      ...(adminConsentLink !== null && { adminConsentLink }),
    }),
  )
}

const problemMessage = (view: CardView, problem: Problem): Message => {
  const { texts, situation } = view
  if ('refusal' in problem)
    return messageOf(view, { tone: 'warning', isAlert: true }, (situation) =>
      problem.left.length > 0
        ? explainSignOutRefusal(texts, problem.refusal, problem.left, situation)
        : explainRefusal(texts, problem.refusal, situation),
    )
  const explain = (situation: Situation): Explanation =>
    problem.left.length > 0
      ? explainSignOutFailure(texts, problem, situation)
      : explainFailure(texts, problem.code, situation, problem)
  return messageOf(view, look(problem.code, situation), explain)
}

const look = (code: FailureCode, { storage }: Situation): Pick<Message, 'tone' | 'isAlert' | 'reloads'> => ({
  tone: 'danger',
  isAlert: true,
  reloads: storage === 'browser' && solvedByLoading.includes(code),
})
