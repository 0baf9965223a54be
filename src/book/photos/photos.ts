import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import type { Contact, ContactKey } from '../../domain/contact.ts'
import type { Photo } from '../../domain/photo.ts'
import type { Source } from '../../domain/source.ts'
import type { Clock } from '../../ports/clock.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import type { ContactLists } from '../../projections/contact-lists.ts'
import type { DisplayOrder } from '../../projections/display-order.ts'
import { PhotoRequests } from './photo-requests.ts'

type Contacts = ReadonlyMap<string, Contact>

/** A list as it was last seen. */
interface KnownList {
  readonly contacts: Contacts
  /** The source's id of the account. */
  readonly account: string | null
  /** The source's ids of the contacts by their keys, once one was looked for. */
  byKey: ReadonlyMap<ContactKey, string> | null
}

export interface PhotosOptions {
  readonly options: { readonly clock: Clock }
  readonly linked: ReadonlyMap<Source, LinkedSource>
  readonly state: { readonly lists: ContactLists }
  readonly order: Pick<DisplayOrder, 'readAhead'>
  readonly diagnose: (error: unknown) => void
}

/** The photos of the contacts in the lists. They are kept in memory only, and not longer than the link to the account. */
export class Photos {
  readonly #state: PhotosOptions['state']
  readonly #order: PhotosOptions['order']
  readonly #requests: ReadonlyMap<Source, PhotoRequests>
  readonly #lists = new Map<Source, KnownList>()
  #isClosed = false

  constructor({ options: { clock }, linked, state, order, diagnose }: PhotosOptions) {
    this.#state = state
    this.#order = order
    this.#requests = new Map(
      [...linked.values()].flatMap(({ source, photos }) =>
        photos ? [[source, new PhotoRequests({ source: photos, clock, diagnose })] as const] : [],
      ),
    )
    this.update(state.lists)
  }

  /** As `ContactBook.photo` says. */
  async photo(key: ContactKey): Promise<Photo | null> {
    await this.#order.readAhead(this.#state.lists, yieldToEventLoop)
    if (this.#isClosed) return null
    for (const [source, requests] of this.#requests) {
      const contact = this.#find(source, key)
      if (contact) return requests.photo(contact)
    }
    return null
  }

  /** Forgets photos of contacts that are gone or changed, and all of an account that is unlinked or another one. */
  update(lists: ContactLists): void {
    for (const [source, requests] of this.#requests) {
      const { contacts = noContacts, account = null } = lists[source] ?? {}
      const before = this.#lists.get(source)
      const id = account?.id ?? null
      if (before?.contacts === contacts && before.account === id) continue
      this.#lists.set(source, { contacts, account: id, byKey: null })
      if (contacts.size === 0 || (before && before.account !== id)) requests.forget()
      else
        requests.prune(({ id, key }) => {
          const contact = contacts.get(id)
          return contact?.key === key ? contact : undefined
        })
    }
  }

  close(): void {
    this.#isClosed = true
    for (const requests of this.#requests.values()) requests.forget()
  }

  #find(source: Source, key: ContactKey): Contact | undefined {
    const list = this.#lists.get(source)
    if (!list) return undefined
    list.byKey ??= new Map([...list.contacts.values()].map((contact) => [contact.key, contact.id]))
    return list.contacts.get(list.byKey.get(key) ?? '')
  }
}

const noContacts: Contacts = new Map()
