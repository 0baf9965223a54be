/** The script of an app that keeps a book in its page, as an app would write it. */
import {
  isImportFailure,
  memoryStorage,
  microsoft365,
  microsoft365WithTokens,
  openContactBook,
} from '../../src/browser.ts'
import type { ContactBook, LinkedSource } from '../../src/browser.ts'

const storage = memoryStorage()
let book: ContactBook | null = null

const opened = (): ContactBook => {
  if (book === null) throw new Error('open a book first')
  return book
}

const open = async (source: LinkedSource): Promise<void> => {
  book = await openContactBook({ store: storage, sources: [source] })
}

/** The handler of a button: the tab first, then the command. */
const button = (
  source: ReturnType<typeof microsoft365>,
  command: 'signIn' | 'restart',
): HTMLButtonElement => {
  const element = document.createElement('button')
  element.textContent = command
  element.addEventListener('click', () => {
    const tab = source.signIn.openSignInTab()
    const book = opened()
    void book[command]('microsoft365').then((started) => {
      if (!started.ok) tab.close()
    })
  })
  return document.body.appendChild(element)
}

const page = {
  openWithSignIn: async (options: Omit<Parameters<typeof microsoft365>[0], 'storage'>) => {
    const source = microsoft365({ ...options, storage })
    await open(source)
    button(source, 'signIn')
    button(source, 'restart')
  },
  openWithTokens: (token: string, graphUrl: string) =>
    open(microsoft365WithTokens({ tokens: async () => token, graphUrl })),
  signIn: async () => {
    const started = await opened().signIn('microsoft365')
    return started.ok ? (await opened().outcome(started.attempt)).state : started.refusal
  },
  cancel: async () => (await opened().cancel('microsoft365')).ok,
  account: () => {
    const [view] = opened().accounts.get()
    return view && { state: view.state, code: view.code, accessUntil: view.accessUntil }
  },
  contacts: () => opened().contacts.get().length,
  /** How many contacts each import added, newest first, or the code of the failure. */
  past: async () => {
    try {
      return [...(await opened().past('microsoft365'))].map(({ added }) => added.length)
    } catch (error) {
      return isImportFailure(error) ? error.code : String(error)
    }
  },
  photo: async () => {
    const [contact] = opened().contacts.get()
    try {
      return await opened().photo(contact?.key ?? '')
    } catch (error) {
      return isImportFailure(error) ? error.code : String(error)
    }
  },
  signOut: async () => (await opened().signOut('microsoft365')).ok,
}

export type BookPage = typeof page

Object.assign(globalThis, { page })
