/** The web shell as custom elements, for any page that has a `ContactsClient`. */
import { IncomingCall } from './shells/web/call/incoming-call.ts'
import { ContactCard } from './shells/web/card/contact-card.ts'
import { ContactList } from './shells/web/list/contact-list.ts'
import { ContactSettings } from './shells/web/settings/contact-settings.ts'

export { ContactsElement } from './shells/web/base/contacts-element.ts'
export type { Subscription } from './shells/web/base/contacts-element.ts'
export { ContactCard, ContactList, ContactSettings, IncomingCall }
export type { ContactCallDetail, ContactMailDetail, ContactReachEvents } from './shells/web/contact/reach.ts'
export type { SignInWay } from './shells/web/settings/sign-in-way.ts'

/** The elements by their names. */
const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'contact-card': ContactCard,
  'contact-list': ContactList,
  'contact-settings': ContactSettings,
  'incoming-call': IncomingCall,
}

/**
 * Defines the elements of this entry, so that a page may write them as tags. Importing the entry defines nothing. May be
 * called again; a name that the page has defined itself is left alone.
 */
export const defineContactElements = (registry: CustomElementRegistry = customElements): void => {
  for (const [name, element] of Object.entries(elements))
    if (registry.get(name) === undefined) registry.define(name, element)
}
