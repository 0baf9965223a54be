import * as v from 'valibot'
import type { ContactBook } from '../../book/contact-book.ts'
import { NoAdapter } from '../../book/commands.ts'
import { isImportFailure, isSignOutFailure } from '../../domain/failures.ts'
import type { ImportFailure } from '../../domain/failures.ts'
import type { View } from '../../book/views/views.ts'
import { CallQueue } from './call-queue.ts'
import type { ContactsClient } from '../contacts-client.ts'
import { contactsClient } from '../local/local-client.ts'
import type { ContactsClientOptions } from '../local/local-client.ts'
import { callParameters, clientMessageSchema, viewNames } from './messages.ts'
import type { Call, CallName, SentError, ServerMessage } from './messages.ts'
import { dataOf } from './port.ts'
import type { MessagePortLike } from './port.ts'

/**
 * Serves a book to a client in another thread (`connectBook`). What the client sends is checked: a message that is no
 * call is ignored, and a call with wrong parameters is answered with an error. Errors are sent without their messages.
 *
 * A client can neither hold this thread nor fill its memory with calls. They begin one after the other, with turns of the
 * event loop between them, and wait while the client does not read its answers. Beyond a hundred waiting calls, each is
 * refused (`RangeError`). Only the views, which are small and change seldom, are also sent to a client that does not read.
 *
 * A port has one client: another page needs another port. The service ends with its client or its port. A channel that
 * does not tell when it closes needs `close`.
 */
export const serveBook = (
  book: ContactBook,
  port: MessagePortLike,
  options: ContactsClientOptions = {},
): { close(): void } => {
  const client = contactsClient(book, options)
  const diagnose = (error: unknown) => options.diagnose?.(error)
  let stopViews: (() => void) | null = null
  let pinged: { readonly token: number; readonly resolve: () => void } | null = null

  const send = (message: ServerMessage) => {
    try {
      port.postMessage(message)
    } catch (error) {
      diagnose(error)
    }
  }
  const fail = (id: number, error: SentError) => send({ type: 'error', id, error })
  // A client that reads nothing cannot guess the token.
  const reads = () =>
    new Promise<void>((resolve) => {
      const token = Math.random()
      pinged = { token, resolve }
      send({ type: 'ping', token })
    })
  const queue = new CallQueue(reads)
  const answer = async ({ id, name, parameters }: Call) => {
    try {
      port.postMessage({ type: 'answer', id, value: await call(client, name, parameters) })
    } catch (error) {
      if (!isImportFailure(error)) diagnose(error)
      fail(id, sentError(error))
    }
  }
  const showViews = async () => {
    stopViews?.()
    stopViews = sendViews(client, send)
  }

  const onMessage = (event: object) => {
    const data = dataOf(event)
    if (!v.is(clientMessageSchema, data)) return
    switch (data.type) {
      case 'hello':
        queue.add(showViews)
        return
      case 'call':
        if (!v.is(callParameters[data.name], data.parameters)) fail(data.id, { kind: 'parameters' })
        else if (!queue.add(() => answer(data))) fail(data.id, { kind: 'busy' })
        return
      case 'pong':
        if (data.token === pinged?.token) pinged.resolve()
        return
      case 'bye':
        close()
    }
  }
  const close = () => {
    port.removeEventListener('message', onMessage)
    port.removeEventListener('close', close)
    queue.close()
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
const sendViews = (client: ContactsClient, send: (message: ServerMessage) => void): (() => void) => {
  let isFirst = true
  const subscriptions = viewNames.map((name) =>
    (client[name] as View<unknown>).subscribe((value) => {
      if (!isFirst) send({ type: 'view', name, value })
    }),
  )
  isFirst = false
  const { accounts, progress, list, position } = client
  send({
    type: 'views',
    views: {
      accounts: accounts.get(),
      progress: progress.get(),
      list: list.get(),
      position: position.get(),
    },
  })
  return () => {
    for (const subscription of subscriptions) subscription.unsubscribe()
  }
}

const sentError = (error: unknown): SentError => {
  if (error instanceof NoAdapter) return { kind: 'parameters' }
  if (!isImportFailure(error)) return { kind: 'failure', code: 'internal', details: {}, left: null }
  const left = isSignOutFailure(error) ? [...error.left] : null
  return { kind: 'failure', code: error.code, details: sentDetails(error), left }
}

/** An adapter that is not type-checked may set others, which could not be sent, or not be read. */
const sentDetails = ({ details }: ImportFailure): Record<string, string | number> => {
  const entries = Object.entries(details) as [string, unknown][]
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string | number] =>
      ['string', 'number'].includes(typeof entry[1]),
    ),
  )
}
