import type { linkedAccount } from '../src/machines/linked-account.ts'

/**
 * The machine as JSON for Stately's editor and `createMachine`: states, events, guards and actions by name.
 * Throws a `TypeError` if the machine's definition contains a function, which JSON would leave out.
 */
export const definition = ({ config }: typeof linkedAccount): string => {
  const onlyJson = (key: string, value: unknown): unknown => {
    if (typeof value === 'function') throw new TypeError(`${key} has no name`)
    return value
  }
  return JSON.stringify(config, onlyJson, 2) + '\n'
}
