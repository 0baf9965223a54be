import { describe, expect, it } from 'vitest'
import type { EventStore } from '../../../ports/event-store.ts'
import { exampleEvent, idsWithPayload, readAll } from './examples.ts'
import type { OpenStore } from './opening.ts'

const texts = {
  'many scripts': 'Ünïcödé 王小明 محمد नमस्ते',
  emoji: '👩‍👩‍👧‍👦 🇩🇪 \u{1F600}',
  'lone surrogates': '\ud800 and \udc00',
  'NUL and control characters': 'a\u0000b\u0001\u001f\u007f\r\n\u2028',
  'quotes and escapes': `"'\\ \\u0000 '); DROP TABLE events; --`,
  nothing: '',
  'a very long text': 'ß'.repeat(3_000_000),
}

export const payloads = (open: OpenStore): void => {
  it('reads events without their payloads', async () => {
    const store = await open()
    await store.append(0, [exampleEvent('a', { name: 'Ada' })])
    expect((await readAll(store, 0, false)).map(({ id, payload }) => [id, payload])).toEqual([['a', null]])
  })

  it.each(Object.entries(texts))('keeps %s unchanged', async (_, text) => {
    const store = await open()
    await store.append(0, [exampleEvent('a', { text, [text.slice(0, 99)]: 1 }, { data: { text } })])
    await store.close()
    const [event] = await readAll(await open())
    expect(event?.payload).toEqual({ text, [text.slice(0, 99)]: 1 })
    expect(event?.data).toEqual({ text })
  })

  it('keeps pages of 1,000 contacts', async () => {
    const store = await open()
    const page = (index: number) => ({
      contacts: Array.from({ length: 1_000 }, (_, contact) => ({
        id: `${index}-${contact}`,
        name: { full: `名前 ${contact}` },
        note: 'n'.repeat(1_000),
      })),
      cursor: { next: index },
    })
    const pages = Array.from({ length: 10 }, (_, index) => page(index))
    for (const [index, payload] of pages.entries())
      await store.append(index, [exampleEvent(`${index}`, payload)])
    await store.close()
    expect((await readAll(await open())).map(({ payload }) => payload)).toEqual(pages)
  })

  const bytesIn = async (store: EventStore): Promise<readonly (number[] | null)[]> => {
    const found = []
    for await (const { payload } of store.read(0, { payloads: true })) found.push(payload && [...payload])
    return found
  }

  it('keeps every byte, and keeps an empty payload as a payload', async () => {
    const store = await open()
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const given = [all, new Uint8Array(), Uint8Array.of(0), null]
    await store.append(
      0,
      given.map((payload, index) => exampleEvent(`${index}`, null, { payload })),
    )
    await store.close()
    expect(await bytesIn(await open())).toEqual(given.map((payload) => payload && [...payload]))
  })

  it('does not share memory with the bytes that it is given or returns', async () => {
    const store = await open()
    const [payload] = [Uint8Array.of(1, 2, 3, 4)]
    const appended = store.append(0, [exampleEvent('a', null, { payload: payload.subarray(1, 3) })])
    payload.fill(9)
    await appended
    for await (const event of store.read(0, { payloads: true })) event.payload?.fill(7)
    expect(await bytesIn(store)).toEqual([[2, 3]])
    expect([...payload]).toEqual([9, 9, 9, 9])
  })

  describe('dropping', () => {
    const filled = async () => {
      const store = await open()
      await store.append(0, [
        exampleEvent('m1', 1),
        exampleEvent('m2', 2, { attempt: 'attempt-2' }),
        exampleEvent('g', 3, { stream: 'google' }),
        exampleEvent('m4', 4),
        exampleEvent('m5', 5, { attempt: null }),
      ])
      return store
    }

    it('drops the payloads of a stream', async () => {
      const store = await filled()
      await store.append(5, [exampleEvent('end')], [{ stream: 'microsoft365' }])
      expect(await idsWithPayload(store)).toEqual(['g'])
    })

    it('drops the payloads of one attempt', async () => {
      const store = await filled()
      await store.append(5, [exampleEvent('end')], [{ stream: 'microsoft365', attempt: 'attempt-1' }])
      expect(await idsWithPayload(store)).toEqual(['m2', 'g', 'm5'])
    })

    it('drops the payloads before a position, with several drops in one append', async () => {
      const store = await filled()
      const drops = [{ stream: 'microsoft365', before: 4 } as const, { stream: 'google', before: 3 } as const]
      expect(await store.append(5, [], drops)).toBe(5)
      expect(await idsWithPayload(store)).toEqual(['g', 'm4', 'm5'])
    })

    it('drops the payloads of some types', async () => {
      const store = await filled()
      await store.append(5, [exampleEvent('m6', 6, { type: 'attempt.completed' })])
      const drop = { stream: 'microsoft365', types: ['attempt.completed', 'list.checkpointed'] } as const
      await store.append(6, [], [drop])
      expect(await idsWithPayload(store)).toEqual(['m1', 'm2', 'g', 'm4', 'm5'])
    })

    it('drops the payloads recorded before a time', async () => {
      const store = await filled()
      await store.append(5, [exampleEvent('m6', 6, { time: '2027-01-01T00:00:00.000Z' })])
      await store.append(6, [], [{ stream: 'microsoft365', until: '2027-01-01T00:00:00.000Z' }])
      expect(await idsWithPayload(store)).toEqual(['g', 'm6'])
    })

    it('keeps the payloads of the same append', async () => {
      const store = await filled()
      await store.append(5, [exampleEvent('new', 6)], [{ stream: 'microsoft365' }])
      expect(await idsWithPayload(store)).toEqual(['g', 'new'])
    })

    it('leaves the envelopes unchanged', async () => {
      const store = await filled()
      const before = await readAll(store, 0, false)
      await store.append(5, [], [{ stream: 'microsoft365' }])
      await store.close()
      expect(await readAll(await open(), 0, false)).toEqual(before)
    })
  })
}
