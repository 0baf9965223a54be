import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { examineFile } from '../src/adapters/stores/sqlite/doctor/examine-file.ts'
import type { Options } from '../src/shells/terminal/arguments/options.ts'
import { recallSandbox } from './sandbox/memory.ts'
import { defaultStore, sandboxStore } from './store-file.ts'

type Naming = Pick<Options, 'store' | 'clientId' | 'tokenFile' | 'source'>

/**
 * The store that a command line is for: the one that it names; for an import without a tenant, the store of the sandbox;
 * otherwise the person's own, unless no account is linked there and the sandbox has contacts. A page, in which a person may
 * begin an import, also has the store of the sandbox if there are no contacts at all.
 */
export const chosenStore = async (options: Naming, command: string): Promise<string> => {
  if (options.store !== undefined) return resolve(options.store)
  const own = defaultStore()
  if (namesTenant(options) || options.source === 'outlook') return own
  if (command === 'import') return sandboxStore()
  const sandbox = command === 'web' ? sandboxStore() : await presentSandbox()
  return sandbox === null || (await isLinked(own)) ? own : sandbox
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

/** Whether a store has contacts, or cannot be read. */
const isLinked = async (store: string): Promise<boolean> => {
  if (!existsSync(store)) return false
  const { log: linked } = await examineFile(store, async (events) => {
    const last = new Map<string, string>()
    for await (const { stream, type } of events.read(0, { payloads: false })) last.set(stream, type)
    return [...last.values()].some((type) => type !== 'account.signed-out')
  })
  return linked ?? true
}
