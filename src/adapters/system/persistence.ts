/**
 * Whether the browser keeps the data of this site when space is short: `persistent`: yes; `best-effort`: it may remove the
 * contacts; `unknown`: it does not say.
 */
export type Persistence = 'persistent' | 'best-effort' | 'unknown'

/** Shows that this origin has asked. No personal data. */
const ASKED = 'device-contacts/asked-to-persist'

/**
 * Asks the browser, once for each origin, to keep the data of this site. Some browsers then ask the person, so call it
 * when there is something to keep: after the first import. Later calls, in any tab, only look. Never throws.
 *
 * https://storage.spec.whatwg.org/#dom-storagemanager-persist. Workers can look but not ask.
 */
export const askToPersist = async (): Promise<Persistence> => {
  const storage = (navigator as Partial<Navigator>).storage as Partial<StorageManager> | undefined
  if (storage?.persisted === undefined) return 'unknown'
  try {
    const isPersistent = (await storage.persisted()) || (isFirst() && (await storage.persist?.())) === true
    return isPersistent ? 'persistent' : 'best-effort'
  } catch {
    return 'unknown'
  }
}

/** Whether this origin has not asked before. Where nothing can be noted, it counts as having asked. */
const isFirst = (): boolean => {
  try {
    if (localStorage.getItem(ASKED) !== null) return false
    localStorage.setItem(ASKED, 'yes')
    return true
  } catch {
    return false
  }
}
