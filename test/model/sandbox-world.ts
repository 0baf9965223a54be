import { join } from 'node:path'
import { robotWalk, startSandbox } from '../../sandbox/index.ts'
import type { RobotOptions } from '../../sandbox/index.ts'
import { microsoft365, openContactBook, sqliteStorage } from '../../src/node.ts'
import type { ContactSource, LinkedSource, SignIn, SourceReport } from '../../src/node.ts'
import { Arrivals } from '../../src/testing/arrivals.ts'
import { MODEL_CONTACTS } from '../../src/testing/account-model.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { newFolder } from '../temp-folder.ts'
import { fillMailbox } from './fill-mailbox.ts'
import { Gate } from './gate.ts'
import type { World } from './world.ts'

/**
 * A world of real parts: MSAL and the Graph client against the sandbox tenant, and a SQLite store. Their reports pass
 * a gate, so that a path can stop between any two of them.
 */
export const sandboxWorld = async (): Promise<World> => {
  const folder = await newFolder()
  const file = join(folder, 'contacts.db')
  const sandbox = await startSandbox({ contacts: MODEL_CONTACTS.few, folders: 4, distributionLists: 0 })
  const mailbox = sandbox.mailbox('user')
  const original = mailbox.contacts().map(({ immutableId }) => immutableId)
  const tabs = new Arrivals<string>()
  const linked = microsoft365({
    ...sandbox.signInOptions,
    graphUrl: sandbox.graphUrl,
    openBrowser: async (address) => {
      tabs.add(address)
      return true
    },
  })
  let gate = new Gate()
  const gated = gatedSource(
    linked,
    () => (gate = new Gate()),
    // Each sign-in asks for consent, so that the person can decline each time.
    () => sandbox.revokeConsent('user'),
  )
  const book = await openContactBook({
    store: await sqliteStorage(file, { keyRing: false }),
    sources: [gated],
  })

  const walk = async (decision: RobotOptions['decision']) => {
    await robotWalk(await tabs.next(), { decision })
  }
  return {
    book,
    grant: () => walk('accept'),
    decline: () => walk('decline'),
    count: async (wanted) => {
      fillMailbox(mailbox, wanted, original)
      await gate.letOne()
    },
    page: () => gate.letOne(),
    change: () => Promise.reject(new Error('a complete listing has no changes')),
    finish: async () => gate.open(),
    refuse: async () => {
      sandbox.settings.change({ faults: [{ kind: 'status', status: 403 }] })
      gate.open()
      await book.outcome(book.accounts.get()[0]?.attempt?.id ?? '')
      sandbox.settings.change({ faults: [] })
    },
    reopen: async () =>
      openContactBook({
        store: await sqliteStorage(file, { keyRing: false }),
        sources: [new ScriptedSource()],
      }),
    close: async () => {
      await book.close()
      await sandbox.close()
    },
  }
}

/** The real source, blocked before each report; each sign-in opens a tab, even where access is still valid. */
const gatedSource = (
  { source, signIn, contacts }: LinkedSource,
  newGate: () => Gate,
  forget: () => void,
): LinkedSource => {
  const gatedSignIn: SignIn = {
    signIn: async (request, context) => {
      await signIn.signOut()
      forget()
      await signIn.signIn(request, context)
    },
    ...(signIn.hasTokens && { hasTokens: () => signIn.hasTokens?.() ?? Promise.resolve(false) }),
    signOut: () => signIn.signOut(),
    close: () => signIn.close(),
  }
  const gatedContacts: ContactSource = {
    source,
    async *fetch(request, context): AsyncGenerator<SourceReport> {
      const gate = newGate()
      await gate.pass(context.signal)
      // List completely, so that every attempt has the reports that the path names.
      for await (const report of contacts.fetch({ ...request, changesSince: null }, context)) {
        yield report
        await gate.pass(context.signal)
      }
    },
  }
  return { source, signIn: gatedSignIn, contacts: gatedContacts }
}
