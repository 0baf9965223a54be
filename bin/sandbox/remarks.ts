import type { Options } from '../../src/shells/terminal/arguments/options.ts'
import type { OpenedBook } from '../../src/shells/terminal/parts.ts'
import { presentSandbox } from '../chosen-store.ts'
import { recallSandbox } from './memory.ts'

/** Says whether these contacts are invented, or whether there are invented ones besides the person's own. */
export const remarksOn = async (
  store: string,
  { store: named }: Pick<Options, 'store'>,
): Promise<OpenedBook['remarks']> => {
  const isInvented = (await recallSandbox(store)) !== null
  const other = isInvented || named !== undefined ? null : await presentSandbox()
  return {
    isInvented,
    sentence: isInvented
      ? 'These contacts are invented: they come from the sandbox tenant, not from Microsoft.'
      : null,
    others:
      other === null || other === store
        ? null
        : { sentence: 'There are also invented contacts from the sandbox tenant.', store: other },
  }
}
