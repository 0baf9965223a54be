import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import { MODEL_CONTACTS } from '../../src/testing/account-model.ts'
import type { ModelMailbox } from '../../src/testing/model-paths.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import type { ScriptedFetch, ScriptedSignIn } from '../../src/testing/scripted-source.ts'
import { openContactBook } from '../../src/index.ts'
import type { BookStorage, Contact } from '../../src/index.ts'
import { finished, page } from '../core/scripted-steps.ts'
import type { World } from './world.ts'

const contacts = sampleContacts(10_001)
const mailboxes: Readonly<Record<ModelMailbox, readonly Contact[]>> = {
  few: contacts.slice(0, MODEL_CONTACTS.few),
  left: contacts.slice(0, MODEL_CONTACTS.left),
  full: contacts.slice(0, 10_000),
  'beyond-limit': contacts,
  others: sampleContacts(10_001, 'other'),
}

/** One device. A test can open it any number of times. */
export interface StorageFixture {
  readonly open: () => Promise<BookStorage>
  readonly dispose: () => Promise<void>
}

/** A world with a scripted sign-in and service, on a real store. */
export const scriptedWorld = async ({ open, dispose }: StorageFixture): Promise<World> => {
  const source = new ScriptedSource()
  const book = await openContactBook({ store: await open(), sources: [source] })
  let person: ScriptedSignIn | undefined
  let service: ScriptedFetch | undefined
  // Tasks arrive when the book starts them; one that was aborted before it was used is skipped.
  const tab = async (): Promise<ScriptedSignIn> => {
    while (!person || person.context.signal.aborted) person = await source.signIns.next()
    return person
  }
  const listing = async (): Promise<ScriptedFetch> => {
    while (!service || service.context.signal.aborted) service = await source.fetches.next()
    return service
  }
  return {
    book,
    grant: async () => {
      await (await tab()).grant()
      person = undefined
      service = undefined
    },
    decline: async () => {
      ;(await tab()).fail('consent-declined')
      person = undefined
    },
    count: async (mailbox) =>
      (await listing()).emit({ type: 'contacts.counted', count: mailboxes[mailbox].length }),
    page: async (mailbox) => (await listing()).emit(page(mailboxes[mailbox])),
    change: async () =>
      (await listing()).emit({
        type: 'changes.fetched',
        upserted: [sampleContact('c1', { version: 'c1-2' })],
        removed: [],
        skipped: [],
        cursor: null,
      }),
    finish: async () => {
      await (await listing()).emit(finished)
      service = undefined
    },
    refuse: async () => {
      await (await listing()).fail('permission-missing')
      service = undefined
    },
    reopen: async () => openContactBook({ store: await open(), sources: [new ScriptedSource()] }),
    close: async () => {
      await book.close()
      await dispose()
    },
  }
}
