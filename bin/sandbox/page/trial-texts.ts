import type { hints, Trial, trialGroups } from './trials.ts'

/** A button, or a hint: what it is, and what to press then and to see. */
export interface TrialText {
  readonly title: string
  readonly then: string
}

export interface TrialTexts {
  readonly entry: string
  readonly heading: string
  readonly intro: string
  readonly groups: Readonly<Record<keyof typeof trialGroups | 'hints', string>>
  readonly trials: Readonly<Record<Exclude<Trial, 'normal'>, TrialText>>
  readonly hints: Readonly<Record<(typeof hints)[number], TrialText>>
  /** The link to a table as Outlook exports it. */
  readonly download: string
  /** The button of a change that is made at once, and of one that lasts. */
  readonly make: string
  readonly set: string
  readonly isSet: string
  readonly openSettings: string
  readonly normal: string
  readonly isNormal: string
  readonly failed: string
  contacts(count: number): string
}
