import { BehaviorSubject } from 'rxjs'
import * as v from 'valibot'
import type { View } from '../book/views/views.ts'
import { ImportFailure, SignOutFailure } from '../domain/failures.ts'
import type { FailureDetails } from '../domain/failures.ts'
import type { ContactsClient } from './contacts-client.ts'
import { callParameters, hello, isView, serverMessageSchema, viewNames } from './messages.ts'
import type { CallName, SentError, ViewName } from './messages.ts'
import { dataOf } from './port.ts'
import type { MessagePortLike } from './port.ts'

/** The other side closed the port, or never served a book on it. */
export class BookDisconnected extends Error {
  override readonly name = 'BookDisconnected'
}

/** A client of a book in another thread. */
export interface RemoteContactsClient extends ContactsClient {
  /** Ends the client: calls that wait reject with `BookDisconnected`. The book stays open. */
  close(): void
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * Connects to a book that another thread serves (`serveBook`). Resolves when the views are there. Messages that are no
 * answers are ignored. Rejects with `BookDisconnected` if the port closes before.
 */
export const connectBook = (port: MessagePortLike): Promise<RemoteContactsClient> =>
  new Promise((resolve, reject) => {
    const connection = new Connection(port, () => resolve(connection.client()), reject)
  })

class Connection {
  readonly #port: MessagePortLike
  readonly #onViews: () => void
  readonly #onLost: (error: Error) => void
  readonly #views = new Map<ViewName, BehaviorSubject<unknown>>()
  readonly #waiting = new Map<number, Waiting>()
  #calls = 0
  #isClosed = false

  constructor(port: MessagePortLike, onViews: () => void, onLost: (error: Error) => void) {
    this.#port = port
    this.#onViews = onViews
    this.#onLost = onLost
    port.addEventListener('message', this.#onMessage)
    port.addEventListener('close', this.#close)
    port.start?.()
    port.postMessage(hello)
  }

  client(): RemoteContactsClient {
    const calls = Object.fromEntries(
      (Object.keys(callParameters) as CallName[]).map((name) => [
        name,
        (...parameters: readonly unknown[]) => this.#call(name, parameters),
      ]),
    )
    const views = Object.fromEntries([...this.#views].map(([name, subject]) => [name, viewOf(subject)]))
    return { ...views, ...calls, close: this.#close } as unknown as RemoteContactsClient
  }

  readonly #onMessage = (event: object) => {
    const data = dataOf(event)
    if (!v.is(serverMessageSchema, data)) return
    switch (data.type) {
      case 'views':
        this.#begin(data.views)
        return
      case 'view':
        if (isView(data.name, data.value)) this.#views.get(data.name)?.next(data.value)
        return
      case 'answer':
        this.#take(data.id)?.resolve(data.value)
        return
      case 'error':
        this.#take(data.id)?.reject(receivedError(data.error))
        return
      case 'closed':
        this.#close()
    }
  }

  #begin(views: Readonly<Record<string, unknown>>): void {
    if (this.#views.size > 0 || !viewNames.every((name) => isView(name, views[name]))) return
    for (const name of viewNames) this.#views.set(name, new BehaviorSubject(views[name]))
    this.#onViews()
  }

  #call(name: CallName, parameters: readonly unknown[]): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new BookDisconnected())
    const id = ++this.#calls
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      try {
        this.#port.postMessage({ type: 'call', id, name, parameters })
      } catch {
        // A parameter that cannot be cloned.
        this.#take(id)?.reject(new TypeError('wrong parameters'))
      }
    })
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    return waiting
  }

  readonly #close = () => {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#port.removeEventListener('message', this.#onMessage)
    this.#port.removeEventListener('close', this.#close)
    for (const { reject } of this.#waiting.values()) reject(new BookDisconnected())
    this.#waiting.clear()
    for (const subject of this.#views.values()) subject.complete()
    this.#onLost(new BookDisconnected())
  }
}

const viewOf = (subject: BehaviorSubject<unknown>): View<unknown> =>
  Object.assign(subject.asObservable(), { get: () => subject.value })

const receivedError = (error: SentError): Error => {
  if (error.kind === 'parameters') return new TypeError('wrong parameters')
  if (error.kind === 'busy') return new RangeError('too many calls at once')
  const { code, left } = error
  const details = error.details as FailureDetails
  return left === null
    ? new ImportFailure(code, details)
    : new SignOutFailure(code, left, new ImportFailure(code, details))
}
