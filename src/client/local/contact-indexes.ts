import { loadOnUse } from '../../book/load-on-use.ts'
import type { Contact } from '../../domain/contact.ts'
import type { DialString } from '../../projections/phone-index/dial.ts'
import type { Caller, PhoneIndex } from '../../projections/phone-index/phone-index.ts'
import type { NameOrder } from '../../projections/order/name-order.ts'
import type { PhoneSettings } from '../../projections/phone-index/read-number.ts'
import type { Hit } from '../../projections/search/hit.ts'
import type { SearchIndex } from '../../projections/search/search-index.ts'
import { MOST_HITS_NOW } from '../contacts-client.ts'
import type { HitsSoFar } from '../contacts-client.ts'
import { FollowingIndex } from './following-index.ts'
import type { Places } from './places.ts'

/**
 * Search and caller lookup over a list. Their modules are loaded when they are first needed: the data about the numbers
 * of all countries takes a tenth of the time in which a command starts.
 */
export class ContactIndexes {
  readonly #search: FollowingIndex<SearchIndex>
  readonly #phones: FollowingIndex<PhoneIndex>
  readonly #places: Places
  readonly #phone: PhoneSettings

  /** @param contacts the list now, in its order; another array once it has changed */
  constructor(
    contacts: () => readonly Contact[],
    places: Places,
    phone: PhoneSettings,
    nameOrder: NameOrder,
  ) {
    this.#places = places
    this.#phone = phone
    this.#search = new FollowingIndex(
      async () => {
        const { SearchIndex } = await loadOnUse(() => import('../../projections/search/search-index.ts'))
        return new SearchIndex((key) => places.lately(key) ?? Infinity, nameOrder)
      },
      contacts,
      (turn) => places.index(turn),
    )
    this.#phones = new FollowingIndex(async () => {
      const { PhoneIndex } = await loadOnUse(() => import('../../projections/phone-index/phone-index.ts'))
      return new PhoneIndex(phone)
    }, contacts)
  }

  find(text: string, limit: number): Promise<readonly Hit[]> {
    return this.#search.ask((index) => index.find(text, limit))
  }

  /** The hits among the contacts that are indexed so far. */
  async findNow(text: string, limit: number): Promise<HitsSoFar> {
    const { answer, isWhole } = await this.#search.askNow(
      (index, isWhole) => index.find(text, isWhole ? limit : Math.min(limit, MOST_HITS_NOW)),
      (index) => index.likelyHits(text),
    )
    // After a sign-out, the index still has what the list has lost.
    const places = this.#places.of(answer.map(({ key }) => key))
    return { hits: answer.filter(({ key }) => places.has(key)), isWhole }
  }

  whois(number: string): Promise<readonly Caller[]> {
    return this.#phones.ask((index) => index.whois(number))
  }

  async dial(number: string): Promise<DialString> {
    const { dial } = await loadOnUse(() => import('../../projections/phone-index/dial.ts'))
    return dial(number, this.#phone)
  }

  /** Frees the contacts that are in the indexes. */
  clear(): void {
    this.#search.clear()
    this.#phones.clear()
  }
}
