import { InspectorUnavailable } from '../src/adapters/inspector/inspector-unavailable.ts'
import { statelyInspector } from '../src/node.ts'
import { UsageError } from '../src/shells/terminal/arguments/usage-error.ts'

/** Connects the XState inspector that `--inspect` asks for. */
export const connectInspector = async (url: string) => {
  try {
    return await statelyInspector({ url })
  } catch (error) {
    if (error instanceof InspectorUnavailable) throw new UsageError(error.message)
    throw error
  }
}
