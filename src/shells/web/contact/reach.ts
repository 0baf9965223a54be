import type { ContactKey, ContactsClient, DialString } from '../../../index.ts'

/** `detail` of `contact-call`. */
export interface ContactCallDetail {
  readonly key: ContactKey
  /** As the contact has it. */
  readonly number: string
  readonly dial: DialString
}

/** `detail` of `contact-mail`. */
export interface ContactMailDetail {
  readonly key: ContactKey
  readonly address: string
}

/** What the elements tell the page about calls and e-mails. Without `preventDefault`, the link of the value is followed. */
export interface ContactReachEvents {
  'contact-call': CustomEvent<ContactCallDetail>
  'contact-mail': CustomEvent<ContactMailDetail>
}

/**
 * The address that calls a number: `tel:` (RFC 3966) or `sip:` (RFC 3261); null if nothing of it can be dialled. Made of
 * what `client.dial` says, never of the contact's text alone: that could be a script.
 */
export const callAddress = ({ text, uri }: Pick<DialString, 'text' | 'uri'>): string | null => {
  if (uri !== null) return uri
  if (text === '') return null
  if (text.includes('@')) return /^sips?:/i.test(text) ? text : `sip:${text.replace(/^[a-z]+:/i, '')}`
  return `tel:${text.replaceAll('#', '%23')}`
}

/** The address that writes to someone (RFC 6068). A `?` or `&` in it would add fields to the e-mail. */
export const mailAddress = (address: string): string =>
  `mailto:${encodeURIComponent(address).replaceAll('%40', '@')}`

/** Asks the page; false if it does the call or the e-mail itself. */
export const announce = <Name extends keyof ContactReachEvents>(
  element: HTMLElement,
  name: Name,
  detail: ContactReachEvents[Name]['detail'],
): boolean =>
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }))

/** What to dial; if that cannot be found out, the digits as they are, because a call should not depend on it. */
export const dialOf = async (client: Pick<ContactsClient, 'dial'>, number: string): Promise<DialString> => {
  try {
    return await client.dial(number)
  } catch {
    return { text: number.replaceAll(/[^\d+*#]/g, ''), uri: null, extension: null }
  }
}

/**
 * Calls numbers as a link does, unless the page does it. What to dial is looked up when a press is to be expected: then
 * the page is asked within the click, and a browser lets it open `tel:` or a window.
 */
export class Calls {
  #number: string | null = null
  #dial: DialString | null = null

  /** A number will probably be called next. */
  expect(client: Pick<ContactsClient, 'dial'>, number: string): void {
    if (number === this.#number) return
    this.forget()
    this.#number = number
    client.dial(number).then(
      (dial) => {
        if (this.#number === number) this.#dial = dial
      },
      () => this.forget(),
    )
  }

  forget(): void {
    this.#number = null
    this.#dial = null
  }

  async call(
    element: HTMLElement,
    client: Pick<ContactsClient, 'dial'>,
    key: ContactKey,
    number: string,
  ): Promise<void> {
    const known = number === this.#number ? this.#dial : null
    const dial = known ?? (await dialOf(client, number))
    const address = callAddress(dial)
    if (!announce(element, 'contact-call', { key, number, dial }) || address === null) return
    const link = document.createElement('a')
    link.href = address
    link.click()
  }
}
