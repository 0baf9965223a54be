import { expect, it, vi } from 'vitest'
import { exampleEvent, jsonBytes, partsOf, readAll } from './examples.ts'
import type { OpenStore } from './opening.ts'

const view = { name: 'contacts', version: 2, position: 1, data: { names: ['Ada', '王'] } }

export const sharing = (open: OpenStore): void => {
  it('notifies others of an append, but not the writer', async () => {
    const [writer, follower] = [await open(), await open()]
    const [own, others] = [vi.fn(), vi.fn()]
    writer.watch(own)
    follower.watch(others)
    await writer.append(0, [exampleEvent('a')])
    await vi.waitFor(() => expect(others).toHaveBeenCalledTimes(1), 60_000)
    await writer.append(1, [exampleEvent('b')])
    await vi.waitFor(() => expect(others).toHaveBeenCalledTimes(2), 60_000)
    await follower.append(2, [exampleEvent('c')])
    await vi.waitFor(() => expect(own).toHaveBeenCalledTimes(1), 60_000)
    expect(others).toHaveBeenCalledTimes(2)
    expect(await readAll(follower)).toHaveLength(3)
  })

  it('does not notify others of a saved view', async () => {
    const [writer, follower] = [await open(), await open()]
    const heard = vi.fn()
    await writer.append(0, [exampleEvent('a')])
    follower.watch(heard)
    await writer.saveView(view)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(heard).not.toHaveBeenCalled()
    await writer.append(1, [exampleEvent('b')])
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), 60_000)
  })

  it('does not notify a store that has stopped watching or was closed', async () => {
    const [writer, follower, closed, witness] = [await open(), await open(), await open(), await open()]
    const [heard, late, seen] = [vi.fn(), vi.fn(), vi.fn()]
    const stop = follower.watch(heard)
    closed.watch(late)
    witness.watch(seen)
    stop()
    stop()
    await closed.close()
    await writer.append(0, [exampleEvent('a')])
    await vi.waitFor(() => expect(seen).toHaveBeenCalledTimes(1), 60_000)
    await writer.append(1, [exampleEvent('b')])
    await vi.waitFor(() => expect(seen).toHaveBeenCalledTimes(2), 60_000)
    expect(heard).not.toHaveBeenCalled()
    expect(late).not.toHaveBeenCalled()
  })

  it('keeps saved views by name and version', async () => {
    const store = await open()
    await store.append(0, [exampleEvent('a')])
    await store.saveView(view)
    await store.saveView({ ...view, name: 'accounts', data: [] })
    await store.close()
    const next = await open()
    expect(await next.loadView('contacts', 2)).toEqual({ ...view, parts: [] })
    expect(await next.loadView('accounts', 2)).toEqual({ ...view, name: 'accounts', data: [], parts: [] })
    expect(await next.loadView('contacts', 1)).toBeNull()
    expect(await next.loadView('phones', 2)).toBeNull()
  })

  it('replaces a saved view', async () => {
    const store = await open()
    await store.append(0, [exampleEvent('a'), exampleEvent('b')])
    await store.saveView(view)
    await store.saveView({ ...view, position: 2, data: 'newer' })
    expect(await store.loadView('contacts', 2)).toEqual({ ...view, position: 2, data: 'newer', parts: [] })
  })

  it('keeps the parts of a view in order, and no parts of an earlier one', async () => {
    const store = await open()
    await store.append(0, [exampleEvent('a')])
    const saved = async (parts: readonly unknown[]) => {
      await store.saveView({ ...view, parts: parts.map(jsonBytes) })
      const other = await open()
      expect(await other.loadView('contacts', 2)).toMatchObject(view)
      return partsOf(other, 'contacts', 2)
    }
    const many = Array.from({ length: 12 }, (_, index) => [{ name: `王 ${index}` }])
    expect(await saved(many)).toEqual(many)
    expect(await saved(['one', 'two'])).toEqual(['one', 'two'])
    expect(await saved([])).toEqual([])
    expect(await saved(many.toReversed())).toEqual(many.toReversed())
  })

  it('still finds the earlier view if saving the next one was interrupted', async () => {
    const [store, other] = [await open(), await open()]
    await store.append(0, [exampleEvent('a')])
    await store.saveView({ ...view, parts: ['whole', 'whole'].map(jsonBytes) })
    const cut = function* () {
      yield jsonBytes('half')
      throw new Error('cut short')
    }
    await expect(store.saveView({ ...view, data: 'half', parts: cut() })).rejects.toThrow('cut short')
    expect(await other.loadView('contacts', 2)).toMatchObject(view)
    expect(await partsOf(other, 'contacts', 2)).toEqual(['whole', 'whole'])
    const next = async function* () {
      yield jsonBytes('next')
    }
    await store.saveView({ ...view, parts: next() })
    expect(await partsOf(other, 'contacts', 2)).toEqual(['next'])
  })

  it('keeps one random key for its lifetime', async () => {
    const store = await open()
    expect(store.key).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect((await open()).key).toBe(store.key)
    await store.append(0, [exampleEvent('a')])
    await store.erase('microsoft365', 1)
    await store.close()
    expect((await open()).key).toBe(store.key)
  })
}
