import { existsSync } from 'node:fs'

/**
 * Loads a library to compare with. These are installed in the folder of this file, not for this library, and the
 * compiled code in `dist` has to find them there as well.
 *
 * @param name of a file in `packages`
 */
export const loadPeer = async <T>(name: string): Promise<T> => {
  const places = ['./packages/', '../../../bench/peers/packages/']
  const place = places.map((path) => new URL(`${path}${name}.js`, import.meta.url)).find(existsSync)
  if (!place) throw new Error(`There is no peer called ${name}`)
  return (await import(place.href)) as T
}
