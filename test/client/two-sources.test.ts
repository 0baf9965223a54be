import { expect, test } from 'vitest'
import { memoryVault } from '../../src/adapters/keys/memory-vault.ts'
import { nodeKey } from '../../src/adapters/keys/node-key.ts'
import { memoryLocks } from '../../src/adapters/locks/memory/memory-locks.ts'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { contactsClient, openContactBook } from '../../src/index.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { finished, page } from '../core/device.ts'

test('the first import of a source is shown among the contacts of another, in order', async () => {
  const [microsoft, google] = [new ScriptedSource(), new ScriptedSource('google')]
  const book = await openContactBook({
    store: { events: memoryStore(), locks: memoryLocks(), keys: memoryVault(nodeKey) },
    sources: [microsoft, google],
  })
  const client = contactsClient(book)
  const begin = async (source: ScriptedSource, ...ids: string[]) => {
    const started = await book.signIn(source.source)
    await (await source.signIns.next()).grant()
    const fetch = await source.fetches.next()
    await fetch.emit(page(ids.map((id) => sampleContact(id, { source: source.source }))))
    return { fetch, attempt: started.ok ? started.attempt : '' }
  }
  const shown = async () => {
    const { version, count, status } = client.list.get()
    const rows = await client.rows(version, 0, count)
    return { status, names: rows === 'outdated' ? rows : rows.map(({ name }) => name) }
  }

  const first = await begin(google, 'd', 'b')
  void first.fetch.emit(finished)
  await book.outcome(first.attempt)
  const second = await begin(microsoft, 'c', 'a')
  await expect.poll(shown).toEqual({
    status: { microsoft365: 'incoming', google: 'ready' },
    names: ['Contact a', 'Contact b', 'Contact c', 'Contact d'],
  })
  await second.fetch.emit(page([sampleContact('e')]))
  await expect.poll(async () => (await shown()).names).toHaveLength(5)
  await book.cancel('microsoft365')
  await expect.poll(shown).toEqual({
    status: { microsoft365: 'none', google: 'ready' },
    names: ['Contact b', 'Contact d'],
  })
  client.close()
  await book.close()
})
