/** What the panel can set, in its order. The server knows what each does (`bin/sandbox/web/set-trial.ts`). */
export const trialGroups = {
  mailbox: ['more', 'edited', 'halved', 'emptied', 'refilled', 'capped'],
  service: ['throttled', 'slow', 'down', 'unstable', 'portal', 'malformed'],
  signIn: ['revoked', 'expired', 'admin', 'withheld', 'policy'],
  google: ['googleExpired', 'googleRemoved'],
} as const

export type Trial = (typeof trialGroups)[keyof typeof trialGroups][number] | 'normal'

/** They are over once they are made. */
const changes: readonly Trial[] = [...trialGroups.mailbox, 'googleRemoved']

/** Whether it lasts until another one is set. */
export const isLasting = (trial: Trial): boolean => !changes.includes(trial)

/** Whether it is over once it has happened, and sets nothing else that stays. */
export const isPassing = (trial: Trial): boolean =>
  ['throttled', 'unstable', 'malformed', 'googleExpired'].includes(trial)

/** What a person does without a button. */
export const hints = ['offline', 'decline', 'otherAccount', 'closedTab', 'twoTabs', 'file'] as const

/** What the server says. */
export interface TrialState {
  /** The fault that is set; `normal`: none. */
  readonly active: Trial
  /** Contacts in the mailbox. */
  readonly contacts: number
}
