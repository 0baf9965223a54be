import { existsSync } from 'node:fs'
import { debuglog } from 'node:util'
import { memoryStorage, openContactBook, outlookFiles, sqliteStorage } from '../src/node.ts'
import type { LinkedSource } from '../src/node.ts'
import type { Options } from '../src/shells/terminal/arguments/options.ts'
import type { OpenedBook } from '../src/shells/terminal/parts.ts'
import { UsageError } from '../src/shells/terminal/arguments/usage-error.ts'
import { connectInspector } from './connect-inspector.ts'
import { realPath } from '../src/adapters/files/real-path.ts'
import { remarksOn } from './sandbox/remarks.ts'
import { defaultStore } from './store-file.ts'
import { forgetLateRedirects } from './late-redirects-file.ts'
import { leaveLateRedirects } from './late-redirects-process.ts'
import { withLittleGarbage } from './little-garbage.ts'
import type { Tenant } from './tenants/tenant.ts'
import { tokenCachesOf } from './tenants/token-cache.ts'

const debug = debuglog('device-contacts')

/**
 * Opens the contacts in a file for a tenant. The file is created only with `mayMake`, so that commands that only look
 * create no file.
 */
export const openAt =
  (store: string, mayMake: boolean, options: Pick<Options, 'store' | 'inspect' | 'source' | 'file'>) =>
  async (tenant: Tenant): Promise<OpenedBook> => {
    if (options.file !== undefined && !existsSync(options.file)) {
      await tenant.close()
      // Checked first, because a wrong file name is a usage error and not a failed import.
      throw new UsageError(`The file ${options.file} does not exist.`)
    }
    const storeExists = existsSync(store)
    // Commands without --store prefer the person's own contacts, so contacts of the sandbox beside them must be named.
    const isFoundAgain =
      options.store === undefined && !(mayMake && tenant.tenant === 'sandbox' && existsSync(defaultStore()))
    try {
      const inspector = options.inspect === undefined ? null : await connectInspector(options.inspect)
      const openWith = async (sources: readonly LinkedSource[]) => {
        const storage =
          storeExists || mayMake
            ? await sqliteStorage(store, { keyRing: tenant.keyRing, tokenFile: tokenCachesOf(store) })
            : { ...memoryStorage(), findings: [] }
        const book = await openContactBook({
          store: storage,
          sources,
          diagnose: (error) => debug('%s', error instanceof Error ? error.stack : error),
          ...(inspector && { inspect: inspector.inspect }),
        })
        return { book, findings: storage.findings }
      }
      const others: readonly LinkedSource[] = [
        tenant.google.source,
        withLittleGarbage(outlookFiles({ path: options.file })),
      ]
      const named = others.filter(({ source }) => source === options.source)
      let { book, findings } = await openWith([tenant.source, ...named])
      const accounts = book.accounts.get().map(({ source }) => source)
      const wanted = others.filter(({ source }) => source === options.source || accounts.includes(source))
      if (wanted.length > named.length) {
        // Only the log says which other sources have contacts here.
        await book.close()
        ;({ book, findings } = await openWith([tenant.source, ...wanted]))
      }
      return {
        ...tenant,
        hasTenant: (source) => (source === 'google' ? tenant.google.isKnown : tenant.tenant !== null),
        book,
        store,
        storeExists,
        findings,
        forgetTabs: () => forgetLateRedirects(realPath(store)),
        again: { store: isFoundAgain ? [] : ['--store', options.store ?? store], tenant: tenant.options },
        remarks: await remarksOn(store, options),
        close: async () => {
          // The sign-in pages of the sandbox end with this process, so no tab redirects later.
          if (tenant.tenant !== 'sandbox') {
            const { signIn } = options.source === 'google' ? tenant.google.source : tenant.source
            await leaveLateRedirects(signIn, realPath(store))
          }
          await book.close()
          await inspector?.stop()
          await tenant.close()
        },
      }
    } catch (error) {
      await tenant.close()
      throw error
    }
  }
