import { isImportFailure, isSignOutFailure, SignOutFailure } from '../../../index.ts'
import type { CommandResult, FailureCode, ImportFailure, Source } from '../../../index.ts'
import { explainSignOutRefusal } from '../../../messages.ts'
import { refused, standing } from '../attempt.ts'
import type { Command, CommandContext, ExitCode } from '../command.ts'
import { deleteStore } from '../delete-store.ts'
import { sourceOf, storeOptions } from '../arguments/options.ts'
import { leaveAltogether } from '../leave-altogether.ts'
import { printResult } from '../output/print-result.ts'
import { resultRecord } from '../output/result-record.ts'
import type { CommandOutcome } from '../output/result-record.ts'
import { situationOf } from '../output/situation.ts'
import type { OpenedBook } from '../parts.ts'

/** Failures after which the contacts in the store cannot be erased, so that its files are deleted instead. */
const beyondErasing: readonly FailureCode[] = ['storage-damaged', 'storage-full', 'storage-unavailable']

export const signOutCommand: Command = {
  name: 'sign-out',
  summary: 'remove the account, its contacts and its tokens',
  description: `Unlinks the account and erases its contacts, its history and its tokens from this device. The contacts
in your account stay, and so does your own token file. What you said of its contacts with "same" and
"not-same" ends. If the file that stores the contacts is damaged
or the disk is full, the file itself is deleted, but never a file that does not belong to this app.
If the contacts cannot be removed, the tokens still are; the command then fails and says what remains (with
--json: "left"). Refused if no account is linked and nothing of an earlier one is left.

With --all it signs out of every account. With --all --delete it then deletes the file that stores the
contacts and everything that belongs to it, whatever state it is in, and lists what was deleted and what
could not be ("deleted" and "left" with --json, one object). Refused while another program imports.`,
  options: [...storeOptions, 'source', 'all', 'delete'],
  run: async (context) => {
    if (context.options.delete) return leaveAltogether(context)
    try {
      return await signOut(context)
    } catch (error) {
      if (!isImportFailure(error)) throw error
      if (!beyondErasing.includes(error.code)) throw await withoutSecrets(context, error)
      return deleteStore(context, sourceOf(context.options), error).catch(async (failure: unknown) => {
        throw isImportFailure(failure) ? await withoutSecrets(context, failure) : failure
      })
    }
  },
}

/** Removes the keys and tokens of a store that cannot be opened. Resolves to the failure to report. */
const withoutSecrets = async (
  { store, parts }: CommandContext,
  failure: ImportFailure,
): Promise<ImportFailure> => {
  if (isSignOutFailure(failure)) return failure
  const left = await parts.eraseSecrets(store)
  return left === null ? failure : new SignOutFailure(failure.code, left, failure)
}

/** Removes the keys of a store that was deleted by hand. With them, a copy of the store could still be read. */
const signOutOfMissing = async (context: CommandContext, opened: OpenedBook): Promise<ExitCode> => {
  const { output, messages, options, parts } = context
  const source = sourceOf(options)
  const left = await parts.eraseSecrets(opened.store)
  if (left === null) return printResult(context, refused(context, opened, source, 'nothing-linked'), () => [])
  const stays = left.filter((step) => step !== 'contacts')
  if (stays.length > 0) throw new SignOutFailure('storage-locked', stays)
  if (output.json) output.record({ ...resultRecord(standing(opened, source)), erased: 0 })
  else {
    output.result(`Signed out of ${messages.sources[source]}.`, 'good')
    output.result('Removed from this device: what was left of the sign-in and its keys.')
  }
  return 0
}

const signOut = async (context: CommandContext): Promise<ExitCode> => {
  const opened = await context.open('look')
  if (!opened.storeExists) return signOutOfMissing(context, opened)
  const linked = opened.book.accounts.get().filter(({ state }) => state !== 'idle')
  const { all, source } = context.options
  // Who names no account means the only one.
  const named: readonly Source[] =
    (all && linked.length > 0) || (source === undefined && linked.length === 1)
      ? linked.map((account) => account.source)
      : [sourceOf(context.options)]
  const codes: ExitCode[] = []
  for (const each of named) codes.push(await signOutOf(context, opened, each))
  return codes.includes(1) ? 1 : 0
}

const signOutOf = async (context: CommandContext, opened: OpenedBook, source: Source): Promise<ExitCode> => {
  const { output, messages } = context
  const erased = standing(opened, source).onDevice
  const decisions = decisionsAbout(opened, source)
  // Before the sign-out: it makes another command end, and that command may then leave its own tab open.
  opened.forgetTabs()
  const answer = await opened.book.signOut(source).catch(async (error: unknown) => {
    // The book must be closed before the files are deleted.
    await opened.close()
    throw error
  })
  if (!answer.ok) return printResult(context, refusedSignOut(context, opened, source, answer), () => [])
  if (output.json) output.record({ ...resultRecord(standing(opened, source)), erased, decisions })
  else {
    output.result(`Signed out of ${messages.sources[source]}.`, 'good')
    output.result(`Removed from this device: ${messages.contacts(erased)}, the sign-in and its history.`)
    if (decisions > 0)
      output.result(
        decisions === 1
          ? 'Your decision whether two contacts are one person ended too.'
          : `Your ${messages.number(decisions)} decisions whether two contacts are one person ended too.`,
      )
  }
  return 0
}

/** How often the person said of contacts of this source whether they are one person with others. */
const decisionsAbout = ({ book }: OpenedBook, source: Source): number => {
  const keys = new Map(book.contacts.get().map((contact) => [contact.key, contact.source]))
  return book.identities
    .get()
    .filter(({ contacts }) => contacts.every((key) => keys.has(key)))
    .filter(({ contacts }) => contacts.some((key) => keys.get(key) === source)).length
}

const refusedSignOut = (
  context: CommandContext,
  opened: OpenedBook,
  source: Source,
  { refusal, left }: Extract<CommandResult, { readonly ok: false }>,
): CommandOutcome => {
  const outcome = refused(context, opened, source, refusal)
  if (left === undefined) return outcome
  const situation = situationOf(context, opened, source)
  return { ...outcome, left, explanation: explainSignOutRefusal(context.messages, refusal, left, situation) }
}
