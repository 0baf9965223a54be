import type { Middleware } from '@microsoft/microsoft-graph-client'
import type { ImportFailure } from '../../../domain/failures.ts'
import type { RequestGate } from '../../http/request-gate.ts'
import { isTransientStatus } from '../../http/retry/retry.ts'
import type { Timers } from '../../http/timers.ts'

export interface OutageOptions {
  /** Sends one request, once. */
  readonly chain: Middleware
  /** The failure with which the access has ended; null as long as it has not. */
  readonly accessEnded: () => ImportFailure | null
  /**
   * Addresses of requests that cost the service little. There are several, because each may be the one that keeps
   * failing.
   */
  readonly addresses: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly gate: RequestGate
  readonly timers: Timers
  readonly signal: AbortSignal
}

/** Tells whether a request fails because the service is down, or because of the request itself. */
export interface Outage {
  /** Call it with each answer of the service that is not a transient error. */
  answered(): void
  /**
   * Whether the service has answered nothing since then (milliseconds since 1970). If no other request has been
   * answered, it sends some to find out. Throws the `ImportFailure` with which the access has ended.
   */
  isOutage(since: number): Promise<boolean>
}

export const outageDetector = (options: OutageOptions): Outage => {
  const { chain, accessEnded, addresses, headers, gate, timers, signal } = options
  let answeredAt = -Infinity
  let probe: Promise<boolean> | null = null

  const answers = async (address: string): Promise<boolean> => {
    const leave = await gate.enter(signal)
    try {
      const context = { request: address, options: { method: 'GET', headers, signal } }
      await chain.execute(context)
      const { response } = context as { response?: Response }
      return response !== undefined && !isTransientStatus(response.status)
    } catch {
      signal.throwIfAborted()
      // Without access no request will succeed, so none waits any longer.
      const failure = accessEnded()
      if (failure !== null) throw failure
      return false
    } finally {
      leave()
    }
  }

  const anyAnswers = async (): Promise<boolean> => {
    for (const address of addresses) if (await answers(address)) return true
    return false
  }

  return {
    answered: () => {
      answeredAt = timers.now()
    },
    isOutage: async (since) => {
      // The clock was set back: the answer may be older.
      if (answeredAt > timers.now()) answeredAt = -Infinity
      if (answeredAt >= since) return false
      const asked = (probe ??= anyAnswers().finally(() => {
        probe = null
      }))
      if (!(await asked)) return true
      answeredAt = timers.now()
      return false
    },
  }
}
