import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { CommandResult, LinkedAccountView, Outcome, Resumed, StartResult } from '../../src/index.ts'
import { Arrivals } from '../../src/testing/arrivals.ts'

/** The store of the process and the tenant that it imports from. A robot accepts in its sign-in tab. */
export interface BookProcessOptions {
  readonly store: string
  readonly graphUrl: string
  readonly signIn: object
  /** True: with a key of their own beside the token file, as for a tenant that is not on this machine. */
  readonly encryptsTokens: boolean
}

interface Answers {
  /** Opens the store, or another one beside its folder, and closes the book that was open. */
  readonly open: null
  readonly close: null
  /** Kills the process at the `count`-th moment from now on whose name begins with this text. */
  readonly dieAt: null
  /** Stops the process at that moment, until `goOn`. */
  readonly stopAt: null
  /** From now on the process reports, under this name, when it begins to change the store or waits for another. */
  readonly tellOfWaits: null
  readonly signIn: StartResult
  readonly restart: StartResult
  readonly refresh: StartResult
  readonly cancel: CommandResult
  readonly signOut: CommandResult
  readonly resume: readonly Resumed[]
  readonly outcome: Outcome
  readonly account: LinkedAccountView
  /** The contacts of its list: `ID CHANGE-KEY`. */
  readonly contacts: readonly string[]
}

export interface Call {
  readonly parameters?: readonly (string | number | null)[]
  /** Not before this moment (ms since 1970). */
  readonly at?: number
}

/** Another process with a book in it. */
export interface BookProcess {
  /** Calls a method of its book. Rejects if that throws, or if the process ends before the answer. */
  call<N extends keyof Answers>(name: N, call?: Call): Promise<Answers[N]>
  /** The next report of the process. */
  said(signal?: AbortSignal): Promise<Said>
  /** Continues a stopped process: up to the next moment of the same kind, or to its end. */
  goOn(to: 'next' | 'end'): void
  kill(): Promise<void>
  /** The signal that ended it, or null. */
  readonly ended: Promise<NodeJS.Signals | null>
}

/** A report of a process: it has stopped at a moment, begins to change the store, or waits for another process. */
export interface Said {
  readonly stopped?: string
  readonly begins?: string
  readonly waits?: string
}

interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: string
}

/** The process ended before it answered a call. */
export class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded'
}

const fixture = fileURLToPath(new URL('book-process.fixture.mjs', import.meta.url))

/** Starts a process that is ready to open its book. */
export const startBookProcess = async (
  options: BookProcessOptions,
  env: NodeJS.ProcessEnv,
): Promise<BookProcess> => {
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc', 'pipe'] as const
  const child = fork(fixture, [JSON.stringify(options)], { execArgv: [], env, stdio: [...stdio] })
  const pipe = child.stdio[4] as Socket
  // The process may be killed while the test writes to it.
  pipe.on('error', () => undefined)
  const said = new Arrivals<Said>()
  createInterface(pipe).on('line', (line) => said.add(JSON.parse(line) as Said))
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
    said: (signal) => said.next(signal),
    goOn: (to) => void pipe.write(Uint8Array.of(to === 'next' ? 1 : 0)),
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
