import type { AccountSnapshot, Task } from './linked-account.ts'

/** The work that a state calls for, for one attempt. */
export interface DueTask {
  readonly type: Task
  readonly attempt: string
}

/** What should be running now, as the state's `meta` says; null where nothing should. */
export const dueTask = (snapshot: AccountSnapshot): DueTask | null => {
  const { attempt } = snapshot.context
  const task = Object.values(snapshot.getMeta()).find((meta) => meta !== undefined)?.task
  return attempt && task ? { type: task, attempt: attempt.id } : null
}
