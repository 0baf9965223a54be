import { debuglog } from 'node:util'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import { ImportFailure, isImportFailure, isSignOutFailure } from '../../index.ts'
import type { Source } from '../../index.ts'
import { explainFailure, explainSignOutFailure, messages as messagesIn } from '../../messages.ts'
import { checkOptions, checkWords, optionsOfAll } from './arguments/check-options.ts'
import type { Command, CommandContext, ExitCode } from './command.ts'
import { commands as ownCommands } from './commands.ts'
import { commandHelp, programHelp } from './arguments/help.ts'
import { didYouMean, nearest } from './arguments/did-you-mean.ts'
import { otherNames } from './arguments/other-names.ts'
import { openInspectorPage } from './inspector-page.ts'
import type { InspectorPage } from './inspector-page.ts'
import { Interruption } from './interruption.ts'
import type { Interruptible } from './interruption.ts'
import { Output } from './output/output.ts'
import type { TerminalStream } from './output/output.ts'
import { failureRecord } from './output/failure-record.ts'
import { sourceOf } from './arguments/options.ts'
import { parseOptions } from './arguments/parse-options.ts'
import type { OpenedBook, TerminalParts } from './parts.ts'
import { showFindings } from './output/show-notices.ts'
import { printExplanation } from './output/print-explanation.ts'
import { situationOf } from './output/situation.ts'
import { terminalSteps } from './arguments/steps.ts'
import { unbroken } from './output/wrap.ts'
import { UsageError } from './arguments/usage-error.ts'

/** The part of the process that the shell uses. */
export interface TerminalProcess extends Interruptible {
  readonly stdout: TerminalStream
  readonly stderr: TerminalStream
  readonly env: Readonly<Record<string, string | undefined>>
}

const debug = debuglog('device-contacts')

/** Runs one command line (without the program's name), and resolves to its exit code. Never throws. */
export const runTerminal = async (
  args: readonly string[],
  parts: TerminalParts,
  process: TerminalProcess,
): Promise<ExitCode> => {
  const { stdout, stderr, env } = process
  const output = new Output({
    stdout,
    stderr,
    json: args.includes('--json'),
    // no-color.org: any value that is not empty.
    plain: args.includes('--plain') || (env.NO_COLOR ?? '') !== '',
    term: env.TERM,
  })
  const code = await runLine(args, parts, process, output)
  // A failed write is reported in a later turn.
  await yieldToEventLoop()
  return code === 0 && output.isIncomplete ? 1 : code
}

const runLine = async (
  args: readonly string[],
  parts: TerminalParts,
  process: TerminalProcess,
  output: Output,
): Promise<ExitCode> => {
  const program = process.env.npm_command === undefined ? 'device-contacts' : 'npx device-contacts'
  const messages = messagesIn(Intl.DateTimeFormat().resolvedOptions().locale)
  let store = ''
  let source: Source = 'microsoft365'
  const opened: OpenedBook[] = []
  const { extension } = parts
  const commands = [...ownCommands, ...extension.commands]
  const layout = (columns?: number) => ({
    examples: extension.examples,
    ...(columns !== undefined && { columns }),
  })
  try {
    const {
      command: name,
      words,
      given,
      options,
      ...asked
    } = parseOptions(args, extension.options, optionsTaken(args, commands, extension))
    const command = commands.find((each) => each.name === name)
    if (asked.version) return told(output, 'version', parts.version)
    if (name !== undefined && !command) throw unknownCommand(name, commands)
    if (command && asked.help)
      return told(output, 'help', commandHelp(program, command, extension, output.columns))
    if (asked.help) return told(output, 'help', programHelp(program, commands, layout(output.columns)))
    if (!command) {
      if (output.json) throw new UsageError('No command was given.')
      output.note(unbroken(programHelp(program, commands, layout(output.noteColumns)).trimEnd()))
      return 2
    }
    source = sourceOf(options)
    checkOptions(command, given, extension.additions[command.name]?.options, options.source)
    extension.check(given, options)
    checkWords(command, words)
    store = await parts.storeOf(options, command.name)
    const interruption = new Interruption(process)
    return await run(command, opened, {
      options,
      words,
      store,
      output,
      program,
      parts,
      messages,
      interruption,
    })
  } catch (error) {
    if (!(error instanceof UsageError))
      return failed({ output, messages, program }, store, opened, source, error)
    const next = `See "${helpFor(args, commands, program)}".`
    const { message } = error
    if (output.json) output.record(failureRecord({ code: 'bad-usage', store: null, message, next }))
    output.note(message, 'bad')
    output.note(next)
    return 2
  }
}

const run = async (
  command: Command,
  opened: OpenedBook[],
  context: Omit<CommandContext, 'open'>,
): Promise<ExitCode> => {
  const pages: InspectorPage[] = []
  try {
    const open: CommandContext['open'] = async (purpose) => {
      const book = await context.parts.openBook(context.store, context.options, purpose)
      opened.push(book)
      showFindings(context, book)
      // The page of this command has the same view.
      if (context.options.inspectsOnPage && command.name !== 'web')
        pages.push(await openInspectorPage(context, book))
      return book
    }
    const code = await command.run({ ...context, open })
    for (const page of pages) await page.stay()
    return code
  } finally {
    context.output.live('')
    for (const page of pages) await page.close()
    for (const book of opened) await book.close()
  }
}

/** Reports a failure outside an attempt, usually of the store. */
const failed = (
  { output, messages, program }: Pick<CommandContext, 'output' | 'messages' | 'program'>,
  store: string,
  [opened]: readonly OpenedBook[],
  source: Source,
  error: unknown,
): ExitCode => {
  debug('%s', error instanceof Error ? error.stack : error)
  const { code, details } = isImportFailure(error) ? error : new ImportFailure('internal')
  const steps = terminalSteps(program, { store: ['--store', store], tenant: [] }, source)
  const situation = opened ? situationOf({ program }, opened, source) : ({ source, steps } as const)
  const explanation = isSignOutFailure(error)
    ? explainSignOutFailure(messages, error, situation)
    : explainFailure(messages, code, situation, { details })
  if (output.json) {
    const { happened: message, next } = explanation
    const left = isSignOutFailure(error) ? { left: error.left } : {}
    output.record({ ...failureRecord({ code, store, message, next }), ...left, ...details })
  }
  printExplanation(output, explanation)
  if (code.startsWith('storage-')) output.note(`The file is ${unbroken(store)}`)
  return 1
}

const told = (output: Output, what: 'help' | 'version', text: string): ExitCode => {
  // The text is already wrapped for this terminal.
  if (output.json) output.record({ [what]: text.trimEnd() })
  else output.result(unbroken(text.trimEnd()))
  return 0
}

/** The options of the command in the command line; undefined if there is no command. */
const optionsTaken = (
  args: readonly string[],
  commands: readonly Command[],
  { additions }: TerminalParts['extension'],
): readonly string[] | undefined => {
  const command = commands.find(({ name }) => args.includes(name))
  return command && [...command.options, ...(additions[command.name]?.options ?? []), ...optionsOfAll]
}

const unknownCommand = (name: string, commands: readonly Command[]): UsageError => {
  const meant =
    otherNames.get(name.toLowerCase()) ??
    nearest(
      name,
      commands.map((each) => each.name),
    )
  return new UsageError(`Unknown command "${name}".${didYouMean(meant)}`)
}

const helpFor = (args: readonly string[], commands: readonly Command[], program: string): string => {
  const command = commands.find(({ name }) => args.includes(name))
  return command ? `${program} ${command.name} --help` : `${program} --help`
}
