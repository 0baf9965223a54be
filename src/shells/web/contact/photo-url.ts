import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { ContactKey, ContactsClient, Photo } from '../../../index.ts'

/** The photo of the contact that an element shows, as an address for `<img>`. Freed when it is no longer shown. */
export class PhotoUrl implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #key: ContactKey | null = null
  #url: string | null = null

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  /** Null: none, or not there yet. */
  get url(): string | null {
    return this.#url
  }

  /** Asks for the photo of another contact; null: of none. Without a photo, initials do as well, so no failure is shown. */
  show(client: ContactsClient | null, key: ContactKey | null): void {
    if (key === this.#key) return
    this.#free()
    this.#key = key
    if (client === null || key === null) return
    void client.photo(key).then(
      (photo) => (this.#key === key && photo !== null ? this.#set(photo) : undefined),
      () => undefined,
    )
  }

  hostDisconnected(): void {
    this.#free()
    this.#key = null
  }

  #set({ bytes, type }: Photo): void {
    this.#url = URL.createObjectURL(new Blob([bytes.slice()], { type }))
    this.#host.requestUpdate()
  }

  #free(): void {
    if (this.#url !== null) URL.revokeObjectURL(this.#url)
    this.#url = null
  }
}
