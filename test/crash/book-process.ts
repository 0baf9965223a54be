import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { CommandResult, LinkedAccountView, Outcome, Resumed, StartResult } from '../../src/index.ts'

/** Where its book is, and the tenant that it imports from; a robot accepts in its sign-in tab. */
export interface BookProcessOptions {
  readonly store: string
  readonly graphUrl: string
  readonly signIn: object
}

interface Answers {
  readonly open: null
  /** From now on: when it reaches the `count`-th moment that begins like this, it is killed. */
  readonly dieAt: null
  readonly signIn: StartResult
  readonly restart: StartResult
  readonly refresh: StartResult
  readonly cancel: CommandResult
  readonly signOut: CommandResult
  readonly resume: readonly Resumed[]
  readonly outcome: Outcome
  readonly account: LinkedAccountView
  /** What its list shows: `ID CHANGE-KEY`. */
  readonly contacts: readonly string[]
}

export interface Call {
  readonly parameters?: readonly (string | number)[]
  /** Not before this moment (ms since 1970). */
  readonly at?: number
}

/** Another process with a book in it. */
export interface BookProcess {
  /** Has it do something on its book. Rejects where that throws, or the process ends before the answer. */
  call<N extends keyof Answers>(name: N, call?: Call): Promise<Answers[N]>
  kill(): Promise<void>
  /** The signal that ended it, or null. */
  readonly ended: Promise<NodeJS.Signals | null>
}

interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: string
}

/** The process is gone, and what it was asked to do unanswered. */
export class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded'
}

const fixture = fileURLToPath(new URL('book-process.fixture.mjs', import.meta.url))

/** Starts a process that is ready to open its book. */
export const startBookProcess = async (options: BookProcessOptions): Promise<BookProcess> => {
  const child = fork(fixture, [JSON.stringify(options)], { execArgv: [] })
  const waiting = new Map<number, PromiseWithResolvers>()
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null)
  let calls = 0
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new ProcessEnded())
  })
  const [greeting] = (await Promise.race([once(child, 'message'), ended.then(() => [null])])) as unknown[]
  if (greeting !== 'ready') throw new Error('the process did not start')
  child.on('message', ({ id, result, error }: Answer) => {
    const { resolve, reject } = waiting.get(id) ?? {}
    waiting.delete(id)
    if (error === undefined) resolve?.(result)
    else reject?.(new Error(error))
  })

  return {
    call: <N extends keyof Answers>(name: N, { parameters = [], at = 0 }: Call = {}) =>
      new Promise<Answers[N]>((resolve, reject) => {
        const id = ++calls
        waiting.set(id, { resolve: resolve as (result: unknown) => void, reject })
        child.send({ id, name, parameters, at })
      }),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    ended,
  }
}

interface PromiseWithResolvers {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}
