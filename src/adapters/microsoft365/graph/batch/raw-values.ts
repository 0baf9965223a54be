import { ImportFailure, isImportFailure } from '../../../../domain/failures.ts'
import { errorDetails } from '../../../http/error-details.ts'
import { AnswerTooLarge } from '../../../http/read-body.ts'
import { isTransientStatus } from '../../../http/retry/retry.ts'
import { StubbornFault } from '../../../http/retry/stubborn-fault.ts'
import { throttled } from '../../../http/retry/transient-error.ts'
import { graphFailure, isDenied, isRefused } from '../errors.ts'
import { type Answer, isFinal, pauseAll, readAnswers, responseOf, waitOf } from './batch-parts.ts'
import type { BatchOptions } from './batch.ts'

/** How often a part is asked for that is throttled, left out or answered by an error of the server. */
const MOST_TRIES = 3
/** How often a batch whose answer is too large is asked for in halves. One large value among twenty takes five. */
const MOST_HALVINGS = 8

type Result = PromiseSettledResult<unknown>

interface Judged {
  readonly result: Result
  readonly wait: number | null
}

/** What a batch says of a link: the answer, or why there is none and will be none. */
type Said = Answer | ImportFailure

/**
 * Asks for raw values (OData: "Addressing the raw value", `…/$value`), at most as many as fit in a batch. Always in a
 * batch, because its answer is JSON with the bytes as base64. Resolves to a result for each link: the body of its answer, or
 * a failure. A link that fails does not affect the others; a failure that concerns all of them is thrown.
 */
export const rawValueBatch = (options: BatchOptions) => {
  const { service, signal, follow, postBatch, headersFor, onAnswered, limits, timers } = options
  const base = service.href.replace(/\/+$/, '')

  const askIn = async (
    links: readonly string[],
    budget: { halvings: number },
  ): Promise<Map<string, Said>> => {
    const requests = links.map((link) => {
      // Not their places: an answer to another batch must not pass for one to this.
      const id = crypto.randomUUID()
      return {
        id,
        method: 'GET',
        url: link.slice(base.length),
        headers: { ...headersFor(link), 'client-request-id': id },
      }
    })
    try {
      const answers = readAnswers(await postBatch({ requests }, Math.min(links.length, limits.served)))
      if (answers.size > 0) onAnswered?.()
      return new Map(
        links.flatMap((link, index) => {
          const answer = answers.get(requests[index]?.id ?? '')
          return answer ? [[link, answer] as const] : []
        }),
      )
    } catch (error) {
      if (!isFaultOfBatch(error)) throw error
      if (!(error instanceof AnswerTooLarge) || links.length === 1) return sayAll(links, error)
      // That all together are too large says nothing of a single one.
      if (budget.halvings-- === 0) return sayAll(links, new ImportFailure('bad-answer', error.details))
      const half = Math.ceil(links.length / 2)
      const first = await askIn(links.slice(0, half), budget)
      return new Map([...first, ...(await askIn(links.slice(half), budget))])
    }
  }

  /** The result for a link, and the wait before it is asked for again (milliseconds); null: that is final. */
  const judged = (said: Said | undefined, tries: number, left: number): Judged => {
    if (said === undefined) return failed(new ImportFailure('bad-answer'), 0)
    if (said instanceof ImportFailure) return failed(said, null)
    if (said.status === 200) return { result: { status: 'fulfilled', value: said.body }, wait: null }
    const response = responseOf(said)
    if (said.status === 429) {
      const wait = waitOf(said, options)
      const failure = throttled(errorDetails(response, said.body), wait, timers.now())
      return failed(failure, wait > left ? null : wait)
    }
    if (said.status === 401) return failed(graphFailure(response, said.body, null), 0)
    if (isTransientStatus(said.status))
      return failed(graphFailure(response, said.body, null), limits.firstBackoff * 2 ** tries)
    return failed(
      isFinal(said) ? graphFailure(response, said.body, null) : new ImportFailure('bad-answer'),
      null,
    )
  }

  /** A request on its own renews the token, with the claims that the service demands. */
  const renewToken = async (link: string) => {
    try {
      await follow(link.replace(/\/\$value$/, ''), { hasDetour: true })
    } catch (error) {
      if (!isRefused(error) && !isDenied(error)) throw error
    }
  }

  return async (links: readonly string[]): Promise<readonly Result[]> => {
    const results = new Map<string, Result>()
    const budget = { halvings: MOST_HALVINGS }
    let left = limits.retries
    let open = links
    for (let tries = 0; open.length > 0 && tries < MOST_TRIES; tries++) {
      signal.throwIfAborted()
      const said = await askIn(open, budget)
      const again: string[] = []
      let longest = 0
      for (const link of open) {
        const { result, wait } = judged(said.get(link), tries, left)
        results.set(link, result)
        if (wait === null) continue
        again.push(link)
        longest = Math.max(longest, wait)
      }
      open = again
      if (open.length === 0 || tries + 1 === MOST_TRIES) break
      const answers = open.map((link) => said.get(link) as Answer | undefined)
      const refused = open[answers.findIndex((answer) => answer?.status === 401)]
      if (refused !== undefined) await renewToken(refused)
      left -= longest
      if (answers.some((answer) => answer?.status === 429)) await pauseAll(longest, options)
      else await timers.wait(longest, signal)
    }
    signal.throwIfAborted()
    return links.map((link) => results.get(link) ?? rejected(new ImportFailure('bad-answer')))
  }
}

const rejected = (reason: ImportFailure): Result => ({ status: 'rejected', reason })

const failed = (failure: ImportFailure, wait: number | null): Judged => ({ result: rejected(failure), wait })

const sayAll = (links: readonly string[], said: Said) => new Map(links.map((link) => [link, said]))

/** Whether the batch failed by itself. Any other failure concerns all requests. */
const isFaultOfBatch = (error: unknown): error is ImportFailure =>
  error instanceof StubbornFault || (isImportFailure(error) && error.code === 'bad-answer')
