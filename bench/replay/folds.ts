import { initialTransition, transition } from 'xstate'
import { BookState } from '../../src/book/log/book-state.ts'
import { AccountMachines } from '../../src/book/log/account-machines.ts'
import type { Envelope } from '../../src/domain/events.ts'
import { accountState } from '../../src/machines/account-state.ts'
import type { AccountState } from '../../src/machines/account-state.ts'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import type { AccountEvent } from '../../src/machines/linked-account.ts'
import { plainReducer, plainStart } from './plain-reducer.ts'

/** Ways to fold envelopes into the final state of the account. */
export const folds = {
  'a bare switch': (envelopes) => envelopes.reduce(plainReducer, plainStart),
  machines: (envelopes) => {
    const accounts = new AccountMachines()
    for (const envelope of envelopes) accounts.evolve(envelope)
    return accounts.states().microsoft365
  },
  'machines, history, tombstones: all of the book': (envelopes) => {
    const state = new BookState()
    for (const envelope of envelopes) state.foldEnvelope(envelope)
    return state.machines.states().microsoft365
  },
  'XState transition()': (envelopes) => {
    let [snapshot] = initialTransition(linkedAccount)
    for (const { type, attempt, data, time } of envelopes)
      [snapshot] = transition(linkedAccount, snapshot, { type, attempt, data, time } as AccountEvent)
    return accountState(snapshot)
  },
} satisfies Record<string, (envelopes: readonly Envelope[]) => AccountState>

export type FoldName = keyof typeof folds
