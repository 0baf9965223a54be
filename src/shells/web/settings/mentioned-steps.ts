import type { CommandType } from '../../../index.ts'
import type { Sentences, Steps } from '../../../messages.ts'

const marked = (command: CommandType): string => `\u0000${command}\u0000`

/** Each step as a mark that no sentence contains. */
const marks: Steps = {
  signIn: marked('signIn'),
  restart: marked('restart'),
  refresh: marked('refresh'),
  cancel: marked('cancel'),
  approveRemoval: marked('approveRemoval'),
  signOut: marked('signOut'),
}

/**
 * The commands that an explanation names as next steps, in its order: a page shows them as buttons below it. Asking the
 * sentence keeps buttons and words together, in every language.
 *
 * @param explain the explanation, for given words of the steps
 */
export const mentionedSteps = (explain: (steps: Steps) => Sentences): readonly CommandType[] => {
  const { next } = explain(marks)
  return (Object.keys(marks) as CommandType[])
    .filter((command) => next.includes(marked(command)))
    .sort((one, other) => next.indexOf(marked(one)) - next.indexOf(marked(other)))
}
