import type { FailureCode } from '../../domain/failures.ts'
import type { Sentences, Situation } from '../catalogue.ts'
import { again } from './failures/en-connection-failures.ts'

const LOAD_AGAIN = 'Load this page again.'

/** What happened to a store that is in a browser, and not in a file, in English. */
export const enBrowserStorage: Partial<Record<FailureCode, (situation: Situation) => Sentences>> = {
  'storage-full': (s) => ({
    happened: 'There is not enough space left in this browser to store the contacts.',
    next: `Free some space on this device, then ${again(s)}.`,
  }),
  'storage-read-only': () => ({
    happened: 'The contacts were stored by a newer version of this app, and this version cannot change them.',
    next: `${LOAD_AGAIN} If that does not help, close all other tabs of this app first.`,
  }),
  'storage-damaged': () => ({
    happened: 'The contacts that were stored in this browser are lost or damaged.',
    next: 'Delete the stored data in this app, then import again: your contacts are still in your account.',
  }),
  'storage-foreign': () => ({
    happened: 'The database of this name in your browser does not belong to this app. It was not changed.',
    next: 'Ask the developer of the app to choose another name for its database.',
  }),
  'storage-unavailable': () => ({
    happened: 'This page cannot use the contacts that are stored in this browser.',
    next: `${LOAD_AGAIN} If that does not help, check that your browser lets this site store data.`,
  }),
  'storage-unsupported': () => ({
    happened: 'This browser cannot store contacts, or this page has no secure connection.',
    next: 'Use a current browser, and open the page by an address that begins with "https://".',
  }),
  'storage-busy': (s) => ({
    happened:
      'Another tab of this app is using the contacts that are stored in this browser, and did not finish in time.',
    next: `Close the other tabs of this app, then ${again(s)}.`,
  }),
  'storage-locked': (s) => ({
    happened: 'Your contacts are encrypted, and this browser does not give the key at the moment.',
    next: `Close the other tabs of this app, then load this page again. If that does not help, ${s.steps.signOut}, then ${s.steps.signIn}.`,
  }),
  'storage-replaced': () => ({
    happened:
      'The contacts that are stored in this browser were deleted while this page was open, by another tab or by the browser. The latest changes are not stored.',
    next: LOAD_AGAIN,
  }),
}
