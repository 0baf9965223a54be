import type { Source, StoreReport } from '../../../node.ts'
import { explainFinding } from '../../../messages.ts'
import type { Command, CommandContext } from '../command.ts'
import { storeOptions } from '../arguments/options.ts'
import { keyPlaceSentence } from '../key-place.ts'
import { terminalSteps } from '../arguments/steps.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'check the stored contacts and report problems',
  description: `Checks the file that stores the contacts and everything that belongs to it, and says for each problem
what to do. It changes nothing, not even next to the file. With --json it prints one object: "ok", and
"findings" with a code, a message and a next step each. Exit code 0: no problems.`,
  options: storeOptions,
  run: async (context) => {
    const { output, parts, store } = context
    const report = await parts.examineStore(store)
    const findings = explained(context, report)
    const isInOrder = findings.length === 0
    if (output.json) output.record({ ...report, ok: isInOrder, findings })
    else print(context, report, findings)
    return isInOrder ? 0 : 1
  },
}

const explained = ({ messages, program, options }: CommandContext, { store, findings }: StoreReport) => {
  const again = { store: options.store === undefined ? [] : ['--store', store], tenant: [] }
  const steps = terminalSteps(program, again)
  return findings.map((finding) => {
    const { happened: message, next } = explainFinding(messages, finding, steps)
    return { ...finding, message, next }
  })
}

const print = (
  { output, messages }: CommandContext,
  { store, files, events, contacts, keys, running }: StoreReport,
  findings: ReturnType<typeof explained>,
): void => {
  for (const { message, next } of findings) {
    output.result(message, 'bad')
    output.result(`  ${next}`)
  }
  if (findings.length === 0) output.result('Everything is in order.', 'good')
  output.result(`The contacts are stored in ${store}`)
  for (const [source, count] of Object.entries(contacts) as [Source, number][])
    output.result(`  ${messages.contacts(count)} from ${messages.sources[source]}`)
  for (const place of Object.values(keys)) output.result(`  ${keyPlaceSentence(messages, place)}`)
  if (events !== null) output.result(`  Recorded events: ${messages.number(events)}`)
  for (const source of running)
    output.result(`  Another program is importing from ${messages.sources[source]}.`)
  for (const { name, bytes, mode } of files)
    output.result(`  ${name}: ${messages.number(bytes)} bytes${mode === null ? '' : `, mode ${mode}`}`)
}
