/** device-contacts for browsers: everything of `device-contacts`, and the parts for a page or a worker. */
import { destroyOpfsKeys, opfsVault } from './adapters/keys/opfs-vault.ts'
import { webLocks } from './adapters/locks/web-locks.ts'
import { deleteIndexedDbStore } from './adapters/stores/indexeddb/delete-store.ts'
import { openIndexedDbStore } from './adapters/stores/indexeddb/open-store.ts'
import { deleteIndexedDbTokens } from './adapters/sign-in/browser/token-store.ts'
import { microsoft365WithTokens as withTokens } from './adapters/microsoft365/microsoft365-with-tokens.ts'
import type { BookStorage, LinkedSource, Microsoft365WithTokensOptions } from './index.ts'

export * from './index.ts'
export { google } from './adapters/google/google.browser.ts'
export type { Google, GoogleOptions } from './adapters/google/google.browser.ts'
export type { GoogleClientOptions } from './adapters/google/sign-in/google-scopes.ts'
export { microsoft365 } from './adapters/microsoft365/microsoft365.browser.ts'
export type { Microsoft365, Microsoft365Options } from './adapters/microsoft365/microsoft365.browser.ts'
export { outlookFile } from './adapters/outlook/outlook-file.browser.ts'
export type { OutlookFile } from './adapters/outlook/outlook-file.browser.ts'
export { runSignInPage } from './adapters/sign-in/browser/sign-in-page.ts'
export type { SignInPageOptions } from './adapters/sign-in/browser/sign-in-page.ts'
export type { TokenStore } from './adapters/sign-in/browser/token-store.ts'
export type { SignInTab } from './adapters/sign-in/browser/sign-in-tabs.ts'
export type {
  BrowserSignIn,
  BrowserSignInOptions,
  ReturnedSignIn,
} from './adapters/sign-in/browser/browser-sign-in.ts'
export type { MicrosoftBrowserSignInOptions } from './adapters/microsoft365/sign-in/microsoft-sign-in.browser.ts'
export { askToPersist } from './adapters/system/persistence.ts'
export type { Persistence } from './adapters/system/persistence.ts'

/** The name of the database, unless a page names another. */
const DEFAULT_NAME = 'device-contacts'

/**
 * Keeps a book in an IndexedDB database of this origin, created if it does not exist, and encrypts all personal data in
 * it. All tabs and workers of the origin share it; keys are files in the origin private file system, where the browser
 * can write them, and otherwise last as long as the page (`keys.placeOf` says where).
 *
 * Throws `ImportFailure` with a `storage-…` code if the database cannot be used. `storage-damaged` also means that the
 * browser has lost it: `deleteIndexedDbStorage` then makes room for a new one. Workers cannot notice such a loss.
 */
export const indexedDbStorage = async (name: string = DEFAULT_NAME): Promise<BookStorage> => ({
  events: await openIndexedDbStore(name),
  locks: webLocks(name),
  keys: opfsVault(name),
})

/** What belongs to a storage. */
export interface BrowserStorageBelongings {
  /** As in `Microsoft365Options`. Default: `<name>/tokens`. */
  readonly tokenDatabase?: string
  /** As in `GoogleOptions`. Default: `<name>/google-tokens`. */
  readonly googleTokenDatabase?: string
}

/**
 * Deletes a storage with all accounts, contacts, tokens and keys in it, also one that cannot be opened. Close the book of this
 * page first; other tabs that have it open fail as `storage-replaced`. Resolves to false, and deletes nothing, while
 * another tab imports. Throws `KeyVaultUnavailable`, or `ImportFailure` with a `storage-…` code, if something is left.
 */
export const deleteIndexedDbStorage = (
  name: string = DEFAULT_NAME,
  {
    tokenDatabase = `${name}/tokens`,
    googleTokenDatabase = `${name}/google-tokens`,
  }: BrowserStorageBelongings = {},
): Promise<boolean> =>
  deleteIndexedDbStore(name, {
    locks: webLocks(name),
    destroyKeys: async () => {
      await destroyOpfsKeys(name)
      await deleteIndexedDbTokens(tokenDatabase)
      await deleteIndexedDbTokens(googleTokenDatabase)
    },
  })

/** As `microsoft365WithTokens` of `device-contacts`, but with `sparesPreflights` unless a page says otherwise. */
export const microsoft365WithTokens = (options: Microsoft365WithTokensOptions): LinkedSource =>
  withTokens({ sparesPreflights: true, ...options })
