import { expect, it } from 'vitest'
import { exampleEvent, idsWithPayload, jsonBytes, partsOf, readAll } from './examples.ts'
import type { OpenStore } from './opening.ts'

export const erasing = (open: OpenStore): void => {
  /** Events of Microsoft at 1, 2 and 5, with the tombstone at 6, and of Google at 3 and 4. */
  const signedOut = async () => {
    const store = await open()
    const google = { stream: 'google' } as const
    await store.append(0, [
      exampleEvent('m1', 'Ada'),
      exampleEvent('m2', 'Bob'),
      exampleEvent('g3', 'Cyd', google),
      exampleEvent('g4', null, google),
      exampleEvent('m5', 'Dan'),
      exampleEvent('tombstone', 'Fay', { type: 'account.signed-out' }),
    ])
    await store.saveView({ name: 'contacts', version: 1, position: 6, data: ['Ada', 'Bob', 'Cyd', 'Dan'] })
    return store
  }

  it('keeps the tombstone of the stream, and other streams completely', async () => {
    const store = await signedOut()
    const others = (await readAll(store)).filter(({ stream }) => stream === 'google')
    const tombstone = { ...(await readAll(store, 5))[0], payload: null }
    await store.erase('microsoft365', 6)
    expect(await readAll(store)).toEqual([...others, tombstone])
    await store.close()
    expect(await readAll(await open())).toEqual([...others, tombstone])
  })

  it('deletes all saved views', async () => {
    const store = await signedOut()
    await store.erase('microsoft365', 6)
    expect(await store.loadView('contacts', 1)).toBeNull()
  })

  it('continues from the same position afterwards', async () => {
    const store = await signedOut()
    await store.erase('microsoft365', 6)
    expect(await store.append(6, [exampleEvent('m7', 'Eve')])).toBe(7)
    expect((await readAll(await open(), 6)).map(({ id }) => id)).toEqual(['m7'])
  })

  it('may be repeated, and keeps the events after the tombstone', async () => {
    const store = await signedOut()
    await store.erase('microsoft365', 6)
    await store.append(6, [exampleEvent('m7', 'Eve')])
    await store.saveView({ name: 'contacts', version: 1, position: 7, data: ['Eve'] })
    await store.erase('microsoft365', 6)
    expect(await idsWithPayload(store)).toEqual(['g3', 'm7'])
    expect((await readAll(store)).map(({ id }) => id)).toEqual(['g3', 'g4', 'tombstone', 'm7'])
  })

  it('does not save a view that was folded before the erasure', async () => {
    const store = await signedOut()
    const unaware = await open()
    await store.erase('microsoft365', 6)
    await unaware.saveView({ name: 'contacts', version: 1, position: 5, data: ['Ada', 'Bob'] })
    expect(await store.loadView('contacts', 1)).toBeNull()
    await unaware.saveView({ name: 'contacts', version: 1, position: 6, data: ['Cyd'] })
    expect(await store.loadView('contacts', 1)).toMatchObject({ data: ['Cyd'] })
  })

  it('does not save the rest of a view that was being saved', async () => {
    const store = await signedOut()
    let erasing = Promise.resolve()
    const parts = function* () {
      yield jsonBytes('Ada')
      erasing = store.erase('microsoft365', 6)
      yield jsonBytes('Bob')
      yield jsonBytes('Cyd')
    }
    await store.saveView({ name: 'contacts', version: 1, position: 5, data: 'Dan', parts: parts() })
    await erasing
    expect(await store.loadView('contacts', 1)).toBeNull()
    const next = { name: 'contacts', version: 1, position: 6, data: 'next' }
    await store.saveView({ ...next, parts: [jsonBytes('Eve')] })
    expect(await partsOf(store, 'contacts', 1)).toEqual(['Eve'])
  })

  it('works while others have the log open', async () => {
    const store = await signedOut()
    const other = await open()
    await readAll(other)
    await store.erase('microsoft365', 6)
    expect((await readAll(other)).map(({ id }) => id)).toEqual(['g3', 'g4', 'tombstone'])
    expect(await other.append(6, [exampleEvent('m7')])).toBe(7)
  })
}
