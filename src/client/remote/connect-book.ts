import { BehaviorSubject } from 'rxjs'
import * as v from 'valibot'
import type { View } from '../../book/views/views.ts'
import { ImportFailure, SignOutFailure } from '../../domain/failures.ts'
import type { FailureDetails } from '../../domain/failures.ts'
import type { ContactsClient } from '../contacts-client.ts'
import { anyAnswerSchema, callParameters, serverMessageSchema, viewNames } from './messages.ts'
import type { CallName, ClientMessage, SentError, ViewName } from './messages.ts'
import { dataOf } from './port.ts'
import type { MessagePortLike } from './port.ts'

/** The other side closed the port, or never served a book on it. */
export class BookDisconnected extends Error {
  override readonly name = 'BookDisconnected'
}

/** A client of a book in another thread. */
export interface RemoteContactsClient extends ContactsClient {
  /** Ends the client and what the server does for it. Calls that wait reject with `BookDisconnected`. The book stays open. */
  close(): void
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * Connects to a book that another thread serves (`serveBook`). Resolves when the views are there, and rejects with
 * `BookDisconnected` if the port closes before. It asks for them once: a port keeps the question until `serveBook` is
 * called, but over a channel that drops messages without a listener, call `serveBook` first.
 *
 * The server is trusted, because it runs the book: views and answers are passed on as they come. Messages of others on the
 * same channel are ignored. A call that the server cannot answer rejects with an `ImportFailure` `internal`.
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
    this.#send({ type: 'hello', protocol: 1 })
  }

  client(): RemoteContactsClient {
    const calls = Object.fromEntries(
      (Object.keys(callParameters) as CallName[]).map((name) => [
        name,
        (...parameters: readonly unknown[]) => this.#call(name, parameters),
      ]),
    )
    const views = Object.fromEntries([...this.#views].map(([name, subject]) => [name, viewOf(subject)]))
    return { ...views, ...calls, close: this.#leave } as unknown as RemoteContactsClient
  }

  readonly #onMessage = (event: object) => {
    const data = dataOf(event)
    if (!v.is(serverMessageSchema, data)) {
      if (v.is(anyAnswerSchema, data)) this.#take(data.id)?.reject(new ImportFailure('internal'))
      return
    }
    switch (data.type) {
      case 'views':
        this.#begin(data.views)
        return
      case 'view':
        this.#views.get(data.name)?.next(data.value)
        return
      case 'answer':
        this.#take(data.id)?.resolve(data.value)
        return
      case 'error':
        this.#take(data.id)?.reject(receivedError(data.error))
        return
      case 'ping':
        this.#send({ type: 'pong', token: data.token })
        return
      case 'closed':
        this.#close()
    }
  }

  #begin(views: Readonly<Record<ViewName, unknown>>): void {
    if (this.#views.size > 0) return
    for (const name of viewNames) this.#views.set(name, new BehaviorSubject(views[name]))
    this.#onViews()
  }

  #send(message: ClientMessage): void {
    this.#port.postMessage(message)
  }

  #call(name: CallName, parameters: readonly unknown[]): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new BookDisconnected())
    const id = ++this.#calls
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      try {
        this.#send({ type: 'call', id, name, parameters: [...parameters] })
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

  readonly #leave = () => {
    if (!this.#isClosed) this.#send({ type: 'bye' })
    this.#close()
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
