import type { Sample } from './compare.ts'
import type { StartTask, TaskInput, TaskName, TaskOutput } from '../tasks.ts'

type MeasuringTask = { [N in TaskName]: TaskOutput<N> extends Sample ? N : never }[TaskName]

/** Runs a measuring task, and adds the peak memory (MB) of its process. */
export const takeSample = async <N extends MeasuringTask>(
  start: StartTask,
  name: N,
  input: TaskInput<N>,
): Promise<Sample> => {
  const started = await start(name, input)
  await started.stop()
  return { ...(started.output as Sample), peakMemory: started.peakMemory }
}
