import type { ImportFailure, Source } from '../../index.ts'
import { explainFailure, explainRefusal } from '../../messages.ts'
import type { CommandContext, ExitCode } from './command.ts'
import { printResult } from './output/print-result.ts'
import { resultRecord } from './output/result-record.ts'
import type { CommandOutcome } from './output/result-record.ts'
import { terminalSteps } from './arguments/steps.ts'
import { unbroken } from './output/wrap.ts'

/**
 * Signs out of a store that failed, so that its contacts cannot be erased: reports this and deletes its files. Throws the
 * failure if the files are not recognised as a store, cannot be deleted, or still contain readable contacts of another
 * account.
 */
export const deleteStore = async (
  context: CommandContext,
  source: Source,
  failure: ImportFailure,
): Promise<ExitCode> => {
  const { output, messages, options, parts, program, store } = context
  const { contacts } = await parts.examineStore(store)
  if (!options.all && Object.keys(contacts).some((owner) => owner !== source)) throw failure
  const situation = { source, steps: terminalSteps(program, { store: ['--store', store], tenant: [] }) }
  output.note(explainFailure(messages, failure.code, situation).happened, 'warn')
  output.note('The contacts cannot be erased inside the file, so the whole file is deleted.')
  const deleted = await parts.deleteStore(store).catch(() => Promise.reject(failure))
  const outcome = { ...nothingLeft, source, store }
  if (deleted === null) {
    const refusal = 'running-elsewhere'
    const explanation = explainRefusal(messages, refusal, situation)
    return printResult(context, { ...outcome, refusal, explanation }, () => [])
  }
  if (output.json) output.record({ ...resultRecord(outcome), erased: null, because: failure.code, deleted })
  else {
    output.result(`Signed out of ${messages.sources[source]}.`, 'good')
    output.result('Removed from this device: the sign-in, all contacts and the files that stored them:')
    for (const path of deleted) output.result(`  ${unbroken(path)}`)
  }
  return 0
}

const nothingLeft: Omit<CommandOutcome, 'source' | 'store'> = {
  state: 'idle',
  completion: null,
  skipped: 0,
  skips: {},
  skippedFiles: [],
  held: null,
  failure: null,
  refusal: null,
  details: {},
  onDevice: 0,
  lastUpdated: null,
  notices: [],
  explanation: null,
}
