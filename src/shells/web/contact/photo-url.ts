import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { ContactKey, ContactsClient } from '../../../index.ts'

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
    void this.#load(client, key).catch(() => undefined)
  }

  hostDisconnected(): void {
    this.#free()
    this.#key = null
  }

  async #load(client: ContactsClient, key: ContactKey): Promise<void> {
    const photo = await client.photo(key)
    if (photo === null) return
    const url = URL.createObjectURL(new Blob([photo.bytes.slice()], { type: photo.type }))
    const isDrawn = await canBeDrawn(url)
    if (!isDrawn || this.#key !== key) {
      URL.revokeObjectURL(url)
      return
    }
    this.#url = url
    this.#host.requestUpdate()
  }

  #free(): void {
    if (this.#url !== null) URL.revokeObjectURL(this.#url)
    this.#url = null
  }
}

/** Resolves to false for bytes that are no picture, and on a page whose policy forbids `blob:` for pictures. */
const canBeDrawn = async (url: string): Promise<boolean> => {
  const image = new Image()
  image.src = url
  try {
    await image.decode()
    return true
  } catch {
    return false
  }
}
