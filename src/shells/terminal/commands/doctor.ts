import { problemReport } from '../../../node.ts'
import type { Source, StoreReport } from '../../../node.ts'
import { explainFinding } from '../../../messages.ts'
import type { Command, CommandContext } from '../command.ts'
import { storeOptions } from '../arguments/options.ts'
import { keyPlaceSentence } from '../key-place.ts'
import { printExplanation } from '../output/print-explanation.ts'
import { writeReport } from '../files/write-report.ts'
import { terminalSteps } from '../arguments/steps.ts'
import { unbroken } from '../output/wrap.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'check the stored contacts and report problems',
  description: `Checks the file that stores the contacts and everything that belongs to it, and says for each problem
what to do. It changes nothing, neither in the file nor in its folder. With --json it prints one object: "ok", and
"findings" with a code, a message and a next step each. Exit code 0: no problems.

With --report it also writes a new file to attach to a bug report: versions, the recorded events with
their times and codes, the findings, and the ids of failed requests; no contact, no account, no token
and no path.`,
  options: [...storeOptions, 'report'],
  run: async (context) => {
    const { options, output, parts, store } = context
    const report = await parts.examineStore(store)
    const findings = explained(context, report)
    const isInOrder = findings.length === 0
    const { report: path } = options
    const problem = path === undefined ? null : await problemReport(report, parts.version, new Date())
    const notWritten =
      path === undefined || path === '-' || !problem ? null : await writeReport(path, problem)
    if (path === '-' && problem) {
      if (output.json) output.record(problem)
      else output.result(JSON.stringify(problem, null, 2))
    } else if (output.json) {
      const written = path === undefined ? {} : { report: notWritten ? null : path, ...notWritten }
      output.record({ ...report, ok: isInOrder, findings, ...written })
    } else {
      print(context, report, findings)
      if (path !== undefined && !notWritten)
        output.result(`The report is in ${path}. It names no contact and no account.`)
    }
    if (notWritten)
      printExplanation(output, { ...noExplanation, happened: notWritten.message, next: notWritten.next })
    return isInOrder && !notWritten ? 0 : 1
  },
}

const noExplanation = { kept: null, administrator: null }

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
  output.result(`The contacts are stored in ${unbroken(store)}`)
  for (const [source, count] of Object.entries(contacts) as [Source, number][])
    output.result(`  ${messages.contacts(count)} from ${messages.sources[source]}`)
  for (const place of Object.values(keys)) output.result(`  ${keyPlaceSentence(messages, place)}`)
  if (events !== null) output.result(`  Recorded events: ${messages.number(events)}`)
  for (const source of running)
    output.result(`  Another program is importing from ${messages.sources[source]}.`)
  for (const { name, bytes, mode } of files)
    output.result(`  ${name}: ${messages.number(bytes)} bytes${mode === null ? '' : `, mode ${mode}`}`)
}
