/** A process that runs one task for its parent. It ends when the parent ends or disconnects. */
import { runTask } from './run-task.ts'
import type { TaskOrder } from './fresh-process.ts'

const ended = new AbortController()

process.once('message', (order) => {
  const { name, input } = order as TaskOrder
  void runTask(name, input, ended.signal).then((result) => process.send?.(result))
})
process.once('disconnect', () => process.exit())
