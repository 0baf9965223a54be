/** A note outside the database about its content. No personal data. */
export interface Marked {
  /** Random id of the store. */
  readonly id: string
  /** A position that the log had reached. It may have grown since. */
  readonly last: number
}

/**
 * Shows that a database existed. A browser opens a database that was lost or damaged as an empty one, without any
 * error, and it may remove one when space is short.
 */
export interface Marker {
  /** Null if there is none, or if nothing can be kept outside the database. */
  read(): Marked | null
  write(marked: Marked): void
  remove(): void
}

/**
 * A marker in `localStorage`. Workers have none, and people can forbid it: then it keeps nothing, and a lost database
 * cannot be told from one that never existed.
 *
 * @param name of the store
 */
export const storageMarker = (name: string): Marker => {
  const item = `device-contacts/${name}`
  return {
    read: () => markedIn(inStorage((storage) => storage.getItem(item))),
    write: ({ id, last }) => void inStorage((storage) => storage.setItem(item, JSON.stringify({ id, last }))),
    remove: () => void inStorage((storage) => storage.removeItem(item)),
  }
}

const inStorage = <T>(work: (storage: Storage) => T): T | null => {
  try {
    return work(localStorage)
  } catch {
    return null
  }
}

/** Text that is not ours counts as a marker of another store: something was there. */
const markedIn = (text: string | null): Marked | null => {
  if (text === null) return null
  try {
    const { id, last } = JSON.parse(text) as Partial<Marked>
    if (typeof id === 'string' && Number.isSafeInteger(last)) return { id, last: Number(last) }
  } catch {
    // Not JSON.
  }
  return { id: '', last: 0 }
}
