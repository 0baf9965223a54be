import { deltaTokensIssued, issueNumberIn } from '../graph/contacts/delta-token.ts'
import type { Fault } from './fault.ts'
import { isLie, Lies } from './lies.ts'

interface Rule {
  readonly fault: Fault
  readonly pattern: RegExp | null
  hits: number
}

/** Decides which fault, if any, hits a request, and counts the hits of each rule. */
export class FaultRules {
  #rules: readonly Rule[] = []
  /** Delta tokens that had been issued when the rules were set. */
  #issued = 0

  /** Whether each fault has occurred as often as it should. False if none is set. */
  get areOver(): boolean {
    return this.#rules.length > 0 && this.#rules.every(isOver)
  }

  /** Replaces all rules and resets the counts. */
  replace(faults: readonly Fault[]): void {
    this.#issued = deltaTokensIssued()
    this.#rules = faults.map((fault) => ({
      fault,
      pattern: fault.match === undefined ? null : patternOf(fault.match),
      hits: 0,
    }))
  }

  /**
   * The fault for this request, or null. `url` is path and query. If `kinds` is given, only rules of these kinds apply:
   * a part of a batch has no connection of its own that could break.
   */
  strike(method: string, url: string, kinds?: ReadonlySet<Fault['kind']>): Fault | null {
    for (const rule of this.#rules) {
      if (isLie(rule.fault) || kinds?.has(rule.fault.kind) === false) continue
      if (this.#isAimedAt(rule, method, url) && hits(rule)) return rule.fault
    }
    return null
  }

  /** All lies that are aimed at this request. A lie counts as a hit only if it changes the answer. */
  lies(method: string, url: string): Lies {
    const aimed = this.#rules.filter((rule) => isLie(rule.fault) && this.#isAimedAt(rule, method, url))
    return new Lies(aimed.map((rule) => ({ fault: rule.fault, hits: () => hits(rule) })))
  }

  #isAimedAt({ pattern, fault }: Rule, method: string, url: string): boolean {
    if (method === 'OPTIONS' && fault.match?.includes(method) !== true) return false
    if (fault.issuedBefore === 'now' && issueNumberIn(url) > this.#issued) return false
    return pattern === null ? url.startsWith(usualTarget(fault)) : pattern.test(`${method} ${decode(url)}`)
  }
}

/** The paths of the service that a fault without a `match` hits. */
const usualTarget = (fault: Fault): string => {
  if (fault.kind !== 'google-error') return '/v1.0'
  return fault.name === 'invalid-grant' ? '/google/token' : '/google/people/'
}

const hits = (rule: Rule): boolean => {
  const { skip = 0, times = Infinity } = rule.fault
  rule.hits += 1
  return rule.hits > skip && rule.hits <= skip + times
}

const isOver = ({ fault: { skip = 0, times = Infinity }, hits }: Rule): boolean => hits >= skip + times

const patternOf = (match: string): RegExp =>
  new RegExp(
    match
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
  )

const decode = (url: string): string => {
  try {
    return decodeURIComponent(url.replaceAll('+', ' '))
  } catch {
    return url
  }
}
