import type { Contact, ContactKey, SourceContact } from '../../domain/contact.ts'
import type { RecordedEvent } from '../../domain/events.ts'
import type { Undo } from '../../domain/undo.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import { hmacWith, type Hmac } from './hmac.ts'

/** Bytes of a key: among 10,000 contacts, two equal keys have a probability of less than 10⁻²⁰. */
const LENGTH = 12

/** Keys that are begun in one turn of the event loop: a thousand at once block a slow device for 100 ms. */
const SLICE = 100

/**
 * Makes contact keys: HMAC-SHA-256 of the source and the source's id under the store's random key, cut to 12 bytes, in
 * hexadecimal digits, which people can type. Every process makes the same key for a contact, also after a crash or a restart, and a key tells nothing
 * about its contact.
 */
export class ContactKeys {
  readonly #hmac: Hmac

  /** @param storeKey the store's random key */
  constructor(storeKey: string) {
    this.#hmac = hmacWith(storeKey)
  }

  /**
   * The contacts with their keys. A contact that the list has under this id keeps its key.
   *
   * @param known finds a contact of the list by the source's id
   */
  async assign(
    contacts: readonly SourceContact[],
    known: (id: string) => Contact | undefined,
  ): Promise<readonly Contact[]> {
    const withKey = async (contact: SourceContact): Promise<Contact> => ({
      ...contact,
      key: known(contact.id)?.key ?? (await this.#of(contact)),
    })
    const keyed: Contact[] = []
    for (let start = 0; start < contacts.length; start += SLICE) {
      if (start > 0) await yieldToEventLoop()
      keyed.push(...(await Promise.all(contacts.slice(start, start + SLICE).map(withKey))))
    }
    return keyed
  }

  /** The event with the keys of its contacts, which earlier versions did not record. */
  async complete(event: RecordedEvent): Promise<RecordedEvent> {
    if (!event.payload) return event
    switch (event.type) {
      case 'page.fetched':
      case 'list.checkpointed':
        return this.#lacks(event.payload.contacts)
          ? ({
              ...event,
              payload: { ...event.payload, contacts: await this.#all(event.payload.contacts) },
            } as RecordedEvent)
          : event
      case 'changes.fetched':
        return this.#lacks(event.payload.upserted)
          ? { ...event, payload: { ...event.payload, upserted: await this.#all(event.payload.upserted) } }
          : event
      case 'attempt.completed':
      case 'removal.held':
        return event.payload.undo && this.#lacks(event.payload.undo.replaced)
          ? {
              ...event,
              payload: { ...event.payload, undo: await this.#undo(event.payload.undo) },
            }
          : event
      default:
        return event
    }
  }

  async #undo(undo: Undo): Promise<Undo> {
    return { ...undo, replaced: await this.#all(undo.replaced) }
  }

  /** One version records all contacts of an event, with keys or without. */
  #lacks([first]: readonly Partial<Contact>[]): boolean {
    return first !== undefined && first.key === undefined
  }

  #all(contacts: readonly SourceContact[]): Promise<readonly Contact[]> {
    return this.assign(contacts, () => undefined)
  }

  async #of({ source, id }: SourceContact): Promise<ContactKey> {
    const digest = await this.#hmac(`${source} ${id}`)
    return Array.from(digest.subarray(0, LENGTH), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
}
