import { existsSync } from 'node:fs'

/**
 * What others are compared with is installed in the folder of this file, and not for this library: it is
 * found from there, also by what was compiled from here into `dist`.
 *
 * @param name of a file in `packages`
 */
export const loadPeer = async <T>(name: string): Promise<T> => {
  const places = ['./packages/', '../../../bench/peers/packages/']
  const place = places.map((path) => new URL(`${path}${name}.js`, import.meta.url)).find(existsSync)
  if (!place) throw new Error(`There is no peer called ${name}`)
  return (await import(place.href)) as T
}
