import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { examineFile } from '../src/adapters/stores/sqlite/doctor/examine-file.ts'
import type { Options } from '../src/shells/terminal/arguments/options.ts'
import { recallSandbox } from './sandbox/memory.ts'
import { defaultStore, sandboxStore } from './store-file.ts'

type Naming = Pick<Options, 'store' | 'clientId' | 'tokenFile'>

/**
 * The store that a command line is for: the one that it names; for an import without a tenant, the store of the sandbox;
 * otherwise the person's own, unless no account is linked there and the sandbox has contacts.
 */
export const chosenStore = async (options: Naming, isImport: boolean): Promise<string> => {
  if (options.store !== undefined) return resolve(options.store)
  const own = defaultStore()
  if (namesTenant(options)) return own
  if (isImport) return sandboxStore()
  return (await isOwnInUse()) ? own : ((await presentSandbox()) ?? own)
}

export const namesTenant = ({ clientId, tokenFile }: Naming): boolean =>
  clientId !== undefined || tokenFile !== undefined

/** The default store of the sandbox; null if it has no contacts. */
export const presentSandbox = async (): Promise<string | null> => {
  try {
    const store = sandboxStore()
    return existsSync(store) && (await recallSandbox(store)) !== null ? store : null
  } catch {
    return null
  }
}

/** Whether the person has contacts of their own, or a store of their own that cannot be read. */
const isOwnInUse = async (): Promise<boolean> => {
  const own = defaultStore()
  if (!existsSync(own)) return false
  // Without contacts of the sandbox there is no choice, and no need to read the file.
  if ((await presentSandbox()) === null) return true
  const { log: linked } = await examineFile(own, async (events) => {
    const last = new Map<string, string>()
    for await (const { stream, type } of events.read(0, { payloads: false })) last.set(stream, type)
    return [...last.values()].some((type) => type !== 'account.signed-out')
  })
  return linked ?? true
}
