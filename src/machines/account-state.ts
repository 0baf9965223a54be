import { linkedAccount } from './linked-account.ts'
import type { AccountContext, AccountSnapshot, StateName, Task } from './linked-account.ts'

/** A snapshot of the machine without XState: the part that `decide` and the views read. */
export interface AccountState {
  readonly state: StateName
  readonly context: AccountContext
}

export const accountState = (snapshot: AccountSnapshot): AccountState => ({
  state: snapshot.value,
  context: snapshot.context,
})

/** Whether an attempt is under way: the machine's tag `busy`. */
export const isBusy = ({ state }: Pick<AccountState, 'state'>): boolean =>
  linkedAccount.states[state]?.tags.includes('busy') ?? false

/** The work that a state calls for, for one attempt. */
export interface DueTask {
  readonly type: Task
  readonly attempt: string
}

/** The task that should run in this state, from the state's `meta`; null if none should. */
export const dueTask = (snapshot: AccountSnapshot): DueTask | null => {
  const { attempt } = snapshot.context
  const [meta] = Object.values(snapshot.getMeta())
  return attempt && meta ? { type: meta.task, attempt: attempt.id } : null
}
