/** The web shell as custom elements, for any page that has a `ContactsClient`. */
import type { IncomingCall } from './shells/web/call/incoming-call.ts'
import type { ContactCard } from './shells/web/card/contact-card.ts'
import type { ImportInspector } from './shells/web/inspector/import-inspector.ts'
import { ContactList } from './shells/web/list/contact-list.ts'
import type { ContactReachEvents } from './shells/web/contact/reach.ts'
import type { ContactSettings } from './shells/web/settings/contact-settings.ts'
import type { ContactsCommandDetail, ContactsKeptDetail } from './shells/web/settings/contact-settings.ts'

export { ContactsElement } from './shells/web/base/contacts-element.ts'
export type { Subscription } from './shells/web/base/contacts-element.ts'
export { ContactList }
export type { ContactCard, ContactSettings, ImportInspector, IncomingCall }
export type { ContactCallDetail, ContactMailDetail, ContactReachEvents } from './shells/web/contact/reach.ts'
/** The texts of an element, for those who extend one. */
export type * from './messages.ts'
export type { ContactsCommandDetail, ContactsKeptDetail }
export type { FileChoice } from './shells/web/settings/file-choice.ts'
export type { SignInWay } from './shells/web/settings/sign-in-way.ts'

declare global {
  interface HTMLElementTagNameMap {
    'contact-card': ContactCard
    'contact-list': ContactList
    'contact-settings': ContactSettings
    'import-inspector': ImportInspector
    'incoming-call': IncomingCall
  }
  interface HTMLElementEventMap {
    'contact-call': ContactReachEvents['contact-call']
    'contact-mail': ContactReachEvents['contact-mail']
    'contact-settings-wanted': CustomEvent<null>
    'contacts-command': CustomEvent<ContactsCommandDetail>
    'contacts-kept': CustomEvent<ContactsKeptDetail>
  }
}

/**
 * Defines the elements of this entry, so that a page may write them as tags: the list at once, and the others as soon as they
 * are loaded, also those that the document has already. Importing the entry defines nothing. May be called again; a name that
 * the page has defined itself is left alone. Resolves once all are defined, and rejects if one cannot be loaded.
 */
export const defineContactElements = async (
  registry: CustomElementRegistry = customElements,
): Promise<void> => {
  const define = (name: string, element: CustomElementConstructor) => {
    if (!registry.get(name)) registry.define(name, element)
  }
  define('contact-list', ContactList)
  // Each of the others is a chunk of a bundle.
  await Promise.all([
    import('./shells/web/settings/contact-settings.ts').then(({ ContactSettings }) =>
      define('contact-settings', ContactSettings),
    ),
    import('./shells/web/card/contact-card.ts').then(({ ContactCard }) =>
      define('contact-card', ContactCard),
    ),
    import('./shells/web/inspector/import-inspector.ts').then(({ ImportInspector }) =>
      define('import-inspector', ImportInspector),
    ),
    import('./shells/web/call/incoming-call.ts').then(({ IncomingCall }) =>
      define('incoming-call', IncomingCall),
    ),
  ])
}
