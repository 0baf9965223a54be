import { deltaTokensIssued, issueNumberIn } from '../graph/contacts/delta-token.ts'
import type { Fault } from './fault.ts'

/** Decides which fault, if any, hits a request, and counts the hits of each rule. */
export class FaultRules {
  #rules: { readonly fault: Fault; readonly pattern: RegExp | null; hits: number }[] = []
  /** Delta tokens that had been issued when the rules were set. */
  #issued = 0

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
    const line = `${method} ${decode(url)}`
    const isGraph = url.startsWith('/v1.0')
    for (const rule of this.#rules) {
      if (kinds !== undefined && !kinds.has(rule.fault.kind)) continue
      if (rule.pattern === null ? !isGraph : !rule.pattern.test(line)) continue
      if (rule.fault.issuedBefore === 'now' && issueNumberIn(url) > this.#issued) continue
      rule.hits += 1
      const { skip = 0, times = Infinity } = rule.fault
      if (rule.hits > skip && rule.hits <= skip + times) return rule.fault
    }
    return null
  }
}

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
