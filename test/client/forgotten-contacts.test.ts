import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { contactsClient } from '../../src/index.ts'
import type { ContactBook, LocalContactsClient } from '../../src/index.ts'
import { Device, importAll } from '../core/device.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const held = async (refs: readonly WeakRef<object>[]): Promise<number> => {
  // A WeakRef keeps its target until the current job is over.
  await new Promise((resolve) => setTimeout(resolve))
  collectGarbage()
  return refs.filter((ref) => ref.deref() !== undefined).length
}

/** Fills everything that a client holds. */
const use = async (client: LocalContactsClient) => {
  const [{ key } = { key: '' }] = await client.find('contact', 1)
  await client.contact(key)
  await client.whois('+12065550100')
}

const frees: readonly [string, (book: ContactBook, client: LocalContactsClient) => unknown][] = [
  ['after a sign-out', (book) => book.signOut('microsoft365')],
  [
    'that was closed',
    async (book, client) => {
      client.close()
      await book.signOut('microsoft365')
    },
  ],
]

test.each(frees)('a client %s holds no contact', async (_, free) => {
  const opened = await new Device().open()
  await importAll(opened)
  const client = contactsClient(opened.book)
  await use(client)
  const refs = opened.book.contacts.get().map((contact) => new WeakRef(contact))
  expect(refs).toHaveLength(3)
  await free(opened.book, client)
  await expect.poll(() => held(refs)).toBe(0)
  expect(await client.find('contact', 1)).toEqual([])
})
