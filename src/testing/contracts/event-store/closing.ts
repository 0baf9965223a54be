import { expect, it } from 'vitest'
import { ImportFailure } from '../../../domain/failures.ts'
import { exampleEvent, readAll } from './examples.ts'
import type { OpenStore } from './opening.ts'

export const closing = (open: OpenStore): void => {
  it('may be closed twice', async () => {
    const store = await open()
    await store.close()
    await expect(store.close()).resolves.toBeUndefined()
  })

  it('reads the same after it was consolidated, if it can be', async () => {
    const [store, other] = [await open(), await open()]
    await store.append(0, [exampleEvent('a', 'Ada'), exampleEvent('b')])
    const before = await readAll(store)
    await store.consolidate?.()
    expect(await readAll(store)).toEqual(before)
    expect(await readAll(other)).toEqual(before)
    expect(await other.append(2, [exampleEvent('c')])).toBe(3)
  })

  it('leaves other stores of the log working', async () => {
    const [store, other] = [await open(), await open()]
    await store.close()
    expect(await other.append(0, [exampleEvent('a')])).toBe(1)
  })

  it('fails with a code when it is used after it was closed', async () => {
    const store = await open()
    await store.close()
    const uses = {
      append: async () => store.append(0, [exampleEvent('a')]),
      read: async () => readAll(store),
      watch: async () => store.watch(() => undefined),
      saveView: async () => store.saveView({ name: 'n', version: 1, position: 0, data: 1 }),
      loadView: async () => store.loadView('n', 1),
      erase: async () => store.erase('microsoft365', 1),
      ...(store.consolidate && { consolidate: async () => store.consolidate?.() }),
    }
    for (const [name, use] of Object.entries(uses)) {
      const error: unknown = await use().then(
        () => `${name} worked`,
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(ImportFailure)
      expect(error).toMatchObject({ code: 'storage-unavailable' })
    }
  })
}
