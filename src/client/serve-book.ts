import * as v from 'valibot'
import type { ContactBook } from '../book/contact-book.ts'
import { isImportFailure, isSignOutFailure } from '../domain/failures.ts'
import type { View } from '../book/views/views.ts'
import type { ContactsClient } from './contacts-client.ts'
import { contactsClient } from './local-client.ts'
import type { ContactsClientOptions } from './local-client.ts'
import { callParameters, callSchema, helloSchema, viewNames } from './messages.ts'
import type { CallName, SentError } from './messages.ts'
import { dataOf } from './port.ts'
import type { MessagePortLike } from './port.ts'

/** Calls of one client that are answered at the same time. More are refused: they would only use memory. */
const MOST_CALLS = 1_000

/**
 * Serves a book to a client in another thread (`connectBook`). What the client sends is checked: a message that is no
 * call is ignored, and a call with wrong parameters is answered with an error. Errors are sent without their messages.
 */
export const serveBook = (
  book: ContactBook,
  port: MessagePortLike,
  options: ContactsClientOptions = {},
): { close(): void } => {
  const client = contactsClient(book, options)
  const diagnose = (error: unknown) => options.diagnose?.(error)
  let calls = 0
  let stopViews: (() => void) | null = null

  const send = (message: object) => {
    try {
      port.postMessage(message)
    } catch (error) {
      diagnose(error)
    }
  }
  const answer = async ({ id, name, parameters }: v.InferOutput<typeof callSchema>) => {
    const refused = refusal(name, parameters)
    if (refused) {
      fail(id, refused)
      return
    }
    calls++
    try {
      send({ type: 'answer', id, value: await call(client, name, parameters) })
    } catch (error) {
      if (!isImportFailure(error)) diagnose(error)
      fail(id, sentError(error))
    } finally {
      calls--
    }
  }
  const refusal = (name: CallName, parameters: readonly unknown[]): SentError | null => {
    if (!v.is(callParameters[name], parameters)) return { kind: 'parameters' }
    return calls >= MOST_CALLS ? { kind: 'busy' } : null
  }
  const fail = (id: number, error: SentError) => send({ type: 'error', id, error })

  const onMessage = (event: object) => {
    const data = dataOf(event)
    if (v.is(helloSchema, data)) {
      stopViews?.()
      stopViews = sendViews(client, send)
    } else if (v.is(callSchema, data)) void answer(data)
  }
  const close = () => {
    port.removeEventListener('message', onMessage)
    port.removeEventListener('close', close)
    stopViews?.()
    client.close()
  }
  port.addEventListener('message', onMessage)
  port.addEventListener('close', close)
  port.start?.()
  return {
    close: () => {
      close()
      send({ type: 'closed' })
    },
  }
}

const call = (client: ContactsClient, name: CallName, parameters: readonly unknown[]): Promise<unknown> =>
  (client[name] as (...parameters: readonly unknown[]) => Promise<unknown>)(...parameters)

/** Sends all views at once, then each when it changes. */
const sendViews = (client: ContactsClient, send: (message: object) => void): (() => void) => {
  let isFirst = true
  const subscriptions = viewNames.map((name) =>
    (client[name] as View<unknown>).subscribe((value) => {
      if (!isFirst) send({ type: 'view', name, value })
    }),
  )
  isFirst = false
  send({ type: 'views', views: Object.fromEntries(viewNames.map((name) => [name, client[name].get()])) })
  return () => {
    for (const subscription of subscriptions) subscription.unsubscribe()
  }
}

const sentError = (error: unknown): SentError => {
  if (!isImportFailure(error)) return { kind: 'parameters' }
  const left = isSignOutFailure(error) ? [...error.left] : null
  return { kind: 'failure', code: error.code, details: { ...error.details }, left }
}
