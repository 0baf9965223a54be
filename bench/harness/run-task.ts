import { tasks } from '../tasks.ts'
import type { TaskInput, TaskName, TaskOutput } from '../tasks.ts'

type Task<N extends TaskName> = (input: TaskInput<N>, signal: AbortSignal) => Promise<TaskOutput<N>>

export interface TaskResult<N extends TaskName> {
  readonly output: TaskOutput<N>
  readonly peakMemory: number
}

/** Runs a task in this process. The signal stops servers that it leaves running. */
export const runTask = async <N extends TaskName>(
  name: N,
  input: TaskInput<N>,
  signal: AbortSignal,
): Promise<TaskResult<N>> => {
  const task = (await tasks[name]()) as Task<N>
  const output = await task(input, signal)
  return { output, peakMemory: process.resourceUsage().maxRSS / 1024 }
}
