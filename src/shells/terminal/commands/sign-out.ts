import { isImportFailure } from '../../../index.ts'
import type { FailureCode } from '../../../index.ts'
import { refused, standing } from '../attempt.ts'
import type { Command, CommandContext, ExitCode } from '../command.ts'
import { deleteStore } from '../delete-store.ts'
import { storeOptions } from '../arguments/options.ts'
import { printResult } from '../output/print-result.ts'
import { resultRecord } from '../output/result-record.ts'

const source = 'microsoft365'

/** Failures after which contacts cannot be erased from within the store, so that its files are deleted. */
const beyondErasing: readonly FailureCode[] = ['storage-damaged', 'storage-full', 'storage-unavailable']

export const signOutCommand: Command = {
  name: 'sign-out',
  summary: 'remove the account, its contacts and its tokens',
  description: `Unlinks the account and erases its contacts, its history and its tokens from this device. The contacts
in your account stay, and so does your own token file. If the file that stores the contacts is damaged
or the disk is full, the file itself is deleted, but never a file that is not a store of contacts.
Refused if no account is linked and nothing of an earlier one is left.`,
  options: [...storeOptions, 'source'],
  run: async (context) => {
    try {
      return await signOut(context)
    } catch (error) {
      if (!isImportFailure(error) || !beyondErasing.includes(error.code)) throw error
      return deleteStore(context, source, error)
    }
  },
}

const signOut = async (context: CommandContext): Promise<ExitCode> => {
  const { output, messages } = context
  const opened = await context.open('look')
  const erased = standing(opened, source).onDevice
  const answer = await opened.book.signOut(source).catch(async (error: unknown) => {
    // Before the files are deleted.
    await opened.close()
    throw error
  })
  if (!answer.ok) return printResult(context, refused(context, opened, source, answer.refusal), () => [])
  if (output.json) output.record({ ...resultRecord(standing(opened, source)), erased })
  else {
    output.result(`Signed out of ${messages.sources[source]}.`, 'good')
    output.result(`Removed from this device: ${messages.contacts(erased)}, the sign-in and its history.`)
  }
  return 0
}
