import type { PageExtension } from '../page-extension.ts'
import type { PageTexts } from '../page-texts.ts'

/** The views of the page, by the fragment of its address. No contact and no number is ever part of the address. */
export const routes = ['contacts', 'settings', 'call', 'inside', 'extra'] as const

export type Route = (typeof routes)[number]

/** The view of an address; My Contacts for an unknown one. */
export const routeOf = (hash: string): Route => routes.find((route) => hash === `#${route}`) ?? 'contacts'

/** A short and a long name of each view. */
export const viewNames = (
  words: PageTexts,
  extension: Pick<PageExtension, 'shortLabel' | 'label'> | null,
): Readonly<Record<Route, readonly [short: string, long: string]>> => ({
  contacts: [words.contacts, words.myContacts],
  settings: [words.settings, words.settingsPath],
  call: [words.call, words.incomingCall],
  inside: [words.inside, words.whatHappensInside],
  extra: [extension?.shortLabel ?? '', extension?.label ?? ''],
})
