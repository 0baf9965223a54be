import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Arrivals } from '../../src/testing/arrivals.ts'

/** A report of a process: the step that comes next, that it has renewed tokens, or what its call has resolved to. */
export interface Said {
  readonly step?: string
  readonly renewed?: number
  readonly done?: string | null
}

/** Another process with a cache of the same tokens. */
export interface TokenProcess {
  begin(call: 'replace' | 'update' | 'erase' | 'read' | 'renew', ...parameters: readonly string[]): void
  /** The next report; null once the process has ended. */
  said(): Promise<Said | null>
  /** Lets it take the step that it reported. */
  goOn(): void
  /** Lets it take all steps. Resolves to what its call has resolved to. */
  finish(): Promise<string | null>
  /** Ends `renew`. */
  halt(): void
  kill(): Promise<void>
}

const fixture = fileURLToPath(new URL('token-process.fixture.mjs', import.meta.url))

/** Starts a process. A stepwise one stops before each step until `goOn` or `finish`. */
export const startTokenProcess = async (path: string, isStepwise: boolean): Promise<TokenProcess> => {
  const child = fork(fixture, [JSON.stringify({ path, isStepwise })], { execArgv: [] })
  const said = new Arrivals<Said | null>()
  child.on('message', (message: Said) => said.add(message))
  // The process may be killed while the test writes to it.
  child.on('error', () => undefined)
  const ended = once(child, 'exit').then(() => said.add(null))
  const send = (message: object): void => {
    if (child.connected) child.send(message)
  }
  if ((await said.next()) === null) throw new Error('the process did not start')
  return {
    begin: (call, ...parameters) => send({ call, parameters }),
    said: () => said.next(),
    goOn: () => send({ goOn: true }),
    finish: async () => {
      for (;;) {
        send({ goOn: true })
        const next = await said.next()
        if (next === null) throw new Error('the process has ended')
        if (next.done !== undefined) return next.done
      }
    },
    halt: () => send({ halt: true }),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
