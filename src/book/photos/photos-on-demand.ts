import type { ContactKey } from '../../domain/contact.ts'
import type { Photo } from '../../domain/photo.ts'
import type { ContactLists } from '../../projections/contact-lists.ts'
import { loadOnUse } from '../load-on-use.ts'
import type { Photos, PhotosOptions } from './photos.ts'

type Load = () => Promise<{ readonly Photos: typeof Photos }>

/** `Photos`, whose code is loaded when a photo is first asked for. Until then there is nothing to forget. */
export class PhotosOnDemand {
  readonly #options: PhotosOptions
  readonly #load: Load
  #photos: Photos | null = null
  #isClosed = false

  constructor(options: PhotosOptions, load: Load = () => import('./photos.ts')) {
    this.#options = options
    this.#load = load
  }

  /** As `ContactBook.photo` says. */
  async photo(key: ContactKey): Promise<Photo | null> {
    const sources = [...this.#options.linked.values()]
    if (!sources.some(({ photos }) => photos)) return null
    const { Photos } = await loadOnUse(this.#load)
    if (this.#isClosed) return null
    // It begins with the lists of now, which may be others than when the photo was asked for.
    this.#photos ??= new Photos(this.#options)
    return this.#photos.photo(key)
  }

  /** As `Photos.update` says. */
  update(lists: ContactLists): void {
    this.#photos?.update(lists)
  }

  /** Requests under way resolve to null. */
  close(): void {
    this.#isClosed = true
    this.#photos?.close()
  }
}
