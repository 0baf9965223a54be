import type { Deletion } from '../../node.ts'
import { explainFailure, explainRefusal } from '../../messages.ts'
import type { Explanation, Situation } from '../../messages.ts'
import { commandLine, terminalSteps } from './arguments/steps.ts'
import type { CommandContext, ExitCode } from './command.ts'
import { printExplanation } from './output/print-explanation.ts'
import { unbroken } from './output/wrap.ts'

const source = 'microsoft365'

/** Signs out of every account, deletes the store and everything that belongs to it, and prints which files are left. */
export const leaveAltogether = async (context: CommandContext): Promise<ExitCode> => {
  const { options, output, parts, program, store } = context
  const deletion = await parts.deleteEverything(store, options)
  const again = { store: ['--store', store], tenant: [] }
  const signOut = `use "${commandLine(program, 'sign-out', ['--all', '--delete', ...again.store])}"`
  const steps = { ...terminalSteps(program, again), signOut }
  const explanation = explain(context, deletion, { source, steps })
  if (output.json) output.record(deletionRecord(store, deletion, explanation))
  else if (deletion.ok) print(context, deletion, { source, steps })
  if (explanation) {
    printExplanation(output, explanation)
    if (!deletion.ok) output.note('Nothing was deleted.')
  } else if (!output.json) output.result('Nothing is left on this device.', 'good')
  return explanation ? 1 : 0
}

/** Why not everything was deleted; null if everything was. */
const explain = (
  { messages }: CommandContext,
  deletion: Deletion,
  situation: Situation,
): Explanation | null => {
  if (!deletion.ok)
    return explainRefusal(messages, deletion.refusal, { ...situation, source: deletion.source })
  const [first] = deletion.left
  if (first)
    return {
      ...explainFailure(messages, first.code, situation),
      next: messages.signOutLeft(['contacts'], situation).next,
    }
  return deletion.deleted.length > 0 ? null : explainRefusal(messages, 'nothing-linked', situation)
}

/** The result as JSON, always with the same keys. `code` is the code of a refusal or of the first file that is left. */
const deletionRecord = (store: string, deletion: Deletion, explanation: Explanation | null): object => {
  const done = deletion.ok ? deletion : { signedOut: [], because: null, deleted: [], left: [] }
  const isNothing = deletion.ok && deletion.deleted.length === 0 && deletion.left.length === 0
  const refusal = deletion.ok ? (isNothing ? 'nothing-linked' : null) : deletion.refusal
  return {
    store,
    code: refusal ?? done.left[0]?.code ?? null,
    refusal,
    signedOut: done.signedOut,
    because: done.because,
    deleted: done.deleted,
    left: done.left,
    ...(explanation && { message: explanation.happened, next: explanation.next }),
  }
}

const print = (
  { messages, output }: CommandContext,
  { signedOut, because, deleted, left }: Extract<Deletion, { readonly ok: true }>,
  situation: Situation,
): void => {
  for (const each of signedOut) output.result(`Signed out of ${messages.sources[each]}.`, 'good')
  if (because !== null) {
    output.note(explainFailure(messages, because, situation).happened, 'warn')
    output.note('The contacts could not be erased inside the file, so the whole file is deleted.')
  }
  if (deleted.length > 0) output.result('Deleted from this device:')
  for (const path of deleted) output.result(`  ${unbroken(path)}`)
  if (left.length > 0) output.result('Could not be deleted:', 'bad')
  for (const { path } of left) output.result(`  ${unbroken(path)}`)
}
