import type { CommandType } from '../domain/commands.ts'
import type { ExpectedAccount, ModelMailbox, ModelPath, PathStep } from './model-paths.ts'

/** What the person and the service do in the steps of a path. */
export interface PathActions {
  /** The person gives a command, for example presses its button. Resolves once the shell has taken it. */
  command(type: CommandType): Promise<void>
  /** The person agrees on the sign-in page. */
  grant(): Promise<void>
  /** The person declines there. */
  decline(): Promise<void>
  /** The service, which has these contents from now on, announces its number of contacts. */
  count(mailbox: ModelMailbox): Promise<void>
  /** The service gives its contacts. */
  page(mailbox: ModelMailbox): Promise<void>
  /** Asked for changes, the service gives one changed contact. */
  change(): Promise<void>
  /** The service ends the listing. */
  finish(): Promise<void>
  /** The service refuses: 403. */
  refuse(): Promise<void>
}

/** Carries out the steps of a path on a shell, and looks at what the shell shows. */
export interface PathDriver extends PathActions {
  /** Resolves once the shell shows this, and rejects if it does not. */
  expectShown(expected: ExpectedAccount): Promise<void>
}

/**
 * Walks a path, and compares what the shell shows with the model after every step. The service must stop before every
 * step of its own, and each sign-in must ask the person, even where access is still granted.
 */
export const walkPath = async ({ steps }: ModelPath, driver: PathDriver): Promise<void> => {
  for (const step of steps) {
    await perform(step, driver)
    await driver.expectShown(step.expected)
  }
}

const perform = ({ event, mailbox }: PathStep, driver: PathActions): Promise<void> => {
  switch (event.type) {
    case 'attempt.requested':
      return driver.command(event.data.by)
    case 'consent.granted':
      return driver.grant()
    case 'contacts.counted':
      return driver.count(mailbox)
    case 'page.fetched':
      return driver.page(mailbox)
    case 'changes.fetched':
      return driver.change()
    case 'attempt.completed':
    case 'removal.held':
      return driver.finish()
    case 'attempt.failed':
      return event.data.code === 'consent-declined' ? driver.decline() : driver.refuse()
    case 'attempt.cancelled':
      return driver.command('cancel')
    case 'removal.approved':
      return driver.command('approveRemoval')
    case 'account.signed-out':
      return driver.command('signOut')
  }
}
