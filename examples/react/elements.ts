/** Types for the elements in JSX, made of those that `device-contacts/elements` has. */
import type {
  ContactCard,
  ContactList,
  ContactSettings,
  ContactsElement,
  ImportInspector,
  IncomingCall,
} from 'device-contacts/elements'
import type { DetailedHTMLProps, HTMLAttributes } from 'react'

/** React 19 sets a property that the element has, and listens to the event `x` for `onx`. */
type ElementProps<
  Element extends ContactsElement,
  Property extends keyof Element,
  EventName extends keyof HTMLElementEventMap = never,
> = DetailedHTMLProps<HTMLAttributes<Element>, Element> &
  Partial<Pick<Element, Property | 'client' | 'locale'>> & {
    readonly [Name in EventName as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => void
  }

type Reach = 'contact-call' | 'contact-mail'
type SettingsProperty = 'signInTabs' | 'adminConsentLink' | 'storage' | 'demo'

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'contact-card': ElementProps<ContactCard, 'contactKey' | 'outlookAddress', Reach>
      'contact-list': ElementProps<ContactList, 'outlookAddress', Reach | 'contact-settings-wanted'>
      'contact-settings': ElementProps<ContactSettings, SettingsProperty, 'contacts-command'>
      'import-inspector': ElementProps<ImportInspector, never>
      'incoming-call': ElementProps<IncomingCall, 'number'>
    }
  }
}
