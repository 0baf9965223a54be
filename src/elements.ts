/** The web shell as custom elements, for any page that has a `ContactsClient`. */
export { ContactsElement } from './shells/web/base/contacts-element.ts'

/** The elements by their names. */
const elements: Readonly<Record<string, CustomElementConstructor>> = {}

/**
 * Defines the elements of this entry, so that a page may write them as tags. Importing the entry defines nothing. May be
 * called again; a name that the page has defined itself is left alone.
 */
export const defineContactElements = (registry: CustomElementRegistry = customElements): void => {
  for (const [name, element] of Object.entries(elements))
    if (registry.get(name) === undefined) registry.define(name, element)
}
