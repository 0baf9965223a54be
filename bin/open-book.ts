import { existsSync } from 'node:fs'
import type { Options } from '../src/shells/terminal/arguments/options.ts'
import type { OpenedBook, Purpose } from '../src/shells/terminal/parts.ts'
import { namesTenant } from './chosen-store.ts'
import { openAt } from './open-at.ts'
import { forgetSandbox, recallSandbox } from './sandbox/memory.ts'
import { sayReplaced, startOver } from './sandbox/start-over.ts'
import { type GoogleTenant, ownGoogle } from './tenants/google.ts'
import { offlineTenant } from './tenants/offline.ts'
import { ownTenant } from './tenants/own.ts'
import { sandboxTenant } from './tenants/sandbox.ts'

/**
 * Added to the next steps for contacts that do not come from the sandbox: without these options, the next import would
 * use the sandbox and add invented people.
 */
const ownTenantOptions = ['--client-id', 'ID']

/** Opens the book that a command line asks for. */
export const openBook = async (store: string, options: Options, purpose: Purpose): Promise<OpenedBook> => {
  if (purpose !== 'begin' || namesTenant(options) || options.store !== undefined || isOther(options))
    return openStore(store, options, purpose)
  const { replaced, end } = await startOver(store)
  try {
    const opened = await openStore(store, options, purpose)
    return {
      ...opened,
      announce: (output, isSigningIn) => {
        opened.announce?.(output, isSigningIn)
        sayReplaced(output, replaced)
      },
      close: () => opened.close().finally(end),
    }
  } catch (error) {
    await end()
    throw error
  }
}

const openStore = async (store: string, options: Options, purpose: Purpose): Promise<OpenedBook> => {
  const open = openAt(store, purpose === 'begin' || purpose === 'serve', options)
  const memory = await recallSandbox(store)
  const isOwn = memory === null
  const offline = (google?: GoogleTenant) =>
    offlineTenant(store, {
      options: isOwn && existsSync(store) ? ownTenantOptions : [],
      keyRing: isOwn,
      ...(google && { google }),
    })
  if (purpose === 'look' || (options.source === 'outlook' && isOwn)) return open(await offline())
  if (namesTenant(options)) {
    const isGoogle = options.source === 'google'
    const tenant = isGoogle ? await offline(await ownGoogle(options, store)) : await ownTenant(options, store)
    await forgetSandbox(store)
    return open(tenant)
  }
  if (memory) return open(await sandboxTenant(options, store, memory))
  const opened = existsSync(store) || purpose === 'continue' ? await open(await offline()) : null
  // Real contacts are not mixed with invented ones.
  if (opened && (purpose === 'continue' || isInUse(opened))) return opened
  await opened?.close()
  return open(await sandboxTenant(options, store, {}))
}

/** Contacts of another source are added to those of the store. */
const isOther = ({ source = 'microsoft365' }: Options): boolean => source !== 'microsoft365'

const isInUse = ({ book }: OpenedBook): boolean => book.accounts.get().some(({ state }) => state !== 'idle')
