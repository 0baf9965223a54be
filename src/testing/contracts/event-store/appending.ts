import { expect, it } from 'vitest'
import { PositionConflict } from '../../../ports/event-store.ts'
import { exampleEvent, readAll } from './examples.ts'
import type { OpenStore } from './opening.ts'

export const appending = (open: OpenStore): void => {
  it('numbers events from 1, in the order of the appends', async () => {
    const store = await open()
    expect(await store.append(0, [exampleEvent('a'), exampleEvent('b')])).toBe(2)
    expect(await store.append(2, [exampleEvent('c', null, { stream: 'google' })])).toBe(3)
    const events = await readAll(store)
    expect(events.map(({ id, position }) => [id, position])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ])
    expect((await readAll(store, 2)).map(({ id }) => id)).toEqual(['c'])
    expect(await readAll(store, 3)).toEqual([])
  })

  it('returns every value of an event unchanged', async () => {
    const store = await open()
    const payload = { contacts: [{ id: '1' }], cursor: null }
    const event = exampleEvent('a', payload, { version: 7, attempt: null })
    await store.append(0, [event])
    await store.close()
    expect(await readAll(await open())).toEqual([{ ...event, payload, position: 1 }])
  })

  it('keeps events for the next store that opens the log', async () => {
    const store = await open()
    await store.append(0, [exampleEvent('a', 'kept')])
    await store.close()
    const next = await open()
    expect((await readAll(next)).map(({ payload }) => payload)).toEqual(['kept'])
    expect(await next.append(1, [exampleEvent('b')])).toBe(2)
  })

  it('refuses an append that expects a different position, and appends none of its events', async () => {
    const store = await open()
    await store.append(0, [exampleEvent('a', 'kept')])
    for (const wrong of [0, 2]) {
      const late = store.append(wrong, [exampleEvent('late')], [{ stream: 'microsoft365' }])
      await expect(late).rejects.toBeInstanceOf(PositionConflict)
    }
    expect((await readAll(store)).map(({ id, payload }) => [id, payload])).toEqual([['a', 'kept']])
  })

  it('appends nothing if one of the events cannot be written', async () => {
    const store = await open()
    const circle: { self?: unknown } = {}
    circle.self = circle
    const unwritable = exampleEvent('b', null, { data: circle })
    await expect(store.append(0, [exampleEvent('a'), unwritable])).rejects.toThrow()
    expect(await readAll(store)).toEqual([])
    expect(await store.append(0, [exampleEvent('c')])).toBe(1)
  })

  it('lets exactly one of two writers append at a position', async () => {
    const stores = [await open(), await open()]
    const racing = stores.map(async (store, index) => store.append(0, [exampleEvent(`writer-${index}`)]))
    const results = await Promise.allSettled(racing)
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = results.find((result) => result.status === 'rejected')
    expect(lost?.reason).toBeInstanceOf(PositionConflict)
    for (const store of stores) expect(await readAll(store)).toHaveLength(1)
  })

  it('reads a long log completely and in order, with and without payloads', async () => {
    const store = await open()
    const many = Array.from({ length: 1_203 }, (_, index) => exampleEvent(`${index}`, { index }))
    await store.append(0, many)
    const positions = many.map((_, index) => index + 1)
    expect((await readAll(store)).map(({ position }) => position)).toEqual(positions)
    expect((await readAll(store, 0, false)).map(({ position }) => position)).toEqual(positions)
    expect((await readAll(store, 600)).map(({ payload }) => payload)).toEqual(
      many.slice(600).map((_, index) => ({ index: 600 + index })),
    )
  })

  it('can append while it is read', async () => {
    const store = await open()
    await store.append(0, [exampleEvent('a'), exampleEvent('b')])
    let last = 2
    for await (const { id } of store.read(0, { payloads: true })) {
      if (last < 4) last = await store.append(last, [exampleEvent(`after ${id}`)])
    }
    expect((await readAll(store)).map(({ id }) => id)).toEqual(['a', 'b', 'after a', 'after b'])
  })
}
