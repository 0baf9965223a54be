import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TaskResult } from './run-task.ts'
import type { StartTask, TaskInput, TaskName } from '../tasks.ts'

export interface TaskOrder<N extends TaskName = TaskName> {
  readonly name: N
  readonly input: TaskInput<N>
}

/**
 * Runs a task in a new process, so that it starts as cold as a program of a person, and the heap and compiled code
 * of one task do not affect the next.
 */
export const inFreshProcess: StartTask = async <N extends TaskName>(name: N, input: TaskInput<N>) => {
  const child = fork(fileURLToPath(new URL('./child.js', import.meta.url)))
  const exited = once(child, 'exit')
  child.send({ name, input } satisfies TaskOrder<N>)
  const answer = await Promise.race([once(child, 'message'), exited.then(() => null)])
  if (answer === null) throw new Error(`The task ${name} failed`)
  const stop = async () => {
    child.disconnect()
    await exited
  }
  return { ...(answer[0] as TaskResult<N>), stop }
}
