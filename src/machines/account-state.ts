import type { AccountContext, AccountSnapshot, StateName } from './linked-account.ts'

/** A snapshot of the machine without XState: what `decide` and the views work with. */
export interface AccountState {
  readonly state: StateName
  readonly context: AccountContext
}

export const accountState = (snapshot: AccountSnapshot): AccountState => ({
  state: snapshot.value,
  context: snapshot.context,
})
