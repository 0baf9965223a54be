import { beforeEach, describe, expect, test, vi } from 'vitest'
import { photoNamed, ScriptedPhotos } from '../../testing/scripted-photos.ts'
import { PhotoRequests } from './photo-requests.ts'

const START = Date.parse('2026-01-01T09:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let now: number
let source: ScriptedPhotos
let requests: PhotoRequests
const diagnose = vi.fn()

beforeEach(() => {
  now = START
  diagnose.mockReset()
  source = new ScriptedPhotos()
  const clock = { now: () => new Date(now), newId: () => 'unused' }
  requests = new PhotoRequests({ source, clock, diagnose })
})

const pictured = (id: string, version = '1') => ({ key: `key-of-${id}`, id, version })
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`)
const ask = (id: string, version?: string) => requests.photo(pictured(id, version))
const askAll = (ids: readonly string[]) => Promise.allSettled(ids.map((id) => ask(id)))
/** Asks for these and answers every batch until all have come. */
const brought = async (ids: readonly string[]) => {
  const asked = askAll(ids)
  for (let left = ids.length; left > 0;) {
    const batch = await source.batches.next()
    left -= batch.ids.length
    batch.answer()
  }
  return asked
}

describe('requests of one moment', () => {
  test('go out together, at most twenty at a time, the newest first', async () => {
    const asked = askAll(names('row', 45))
    const first = await source.batches.next()
    expect(first.ids).toEqual(names('row', 45).slice(25))
    first.answer()
    const second = await source.batches.next()
    expect(second.ids).toEqual(names('row', 45).slice(5, 25))
    second.answer()
    const third = await source.batches.next()
    expect(third.ids).toEqual(names('row', 5))
    third.answer()
    const photos = (await asked).map((each) => each.status === 'fulfilled' && each.value)
    expect(photos).toEqual(names('row', 45).map(photoNamed))
  })

  test('wait while a batch is under way, and later requests overtake them', async () => {
    const early = askAll(names('early', 25))
    const first = await source.batches.next()
    const late = askAll(names('late', 18))
    expect(source.asked).toBe(1)
    first.answer()
    const second = await source.batches.next()
    expect(second.ids).toEqual([...names('early', 5).slice(3), ...names('late', 18)])
    second.answer()
    ;(await source.batches.next()).answer()
    await Promise.all([early, late])
    expect(source.asked).toBe(3)
  })

  test('for the same contact are one, and asking again makes it the newest', async () => {
    const one = ask('a')
    const others = askAll(names('row', 25))
    const again = ask('a')
    expect(again).toBe(one)
    const first = await source.batches.next()
    expect(first.ids.at(-1)).toBe('a')
    first.answer()
    ;(await source.batches.next()).answer()
    expect(await one).toEqual(photoNamed('a'))
    await others
  })

  test('that a hundred newer ones follow are dropped', async () => {
    const asked = askAll(names('row', 103))
    for (let batch = 0; batch < 5; batch++) (await source.batches.next()).answer()
    const [a, b, c, ...others] = await asked
    for (const dropped of [a, b, c])
      expect(dropped).toMatchObject({ status: 'rejected', reason: { code: 'interrupted' } })
    expect(others.every(({ status }) => status === 'fulfilled')).toBe(true)
  })
})

describe('an answer', () => {
  test('is kept: the same photo, without another request', async () => {
    await brought(['a'])
    expect(await ask('a')).toBe(await ask('a'))
    expect(source.asked).toBe(1)
  })

  test('is kept of a contact that has none', async () => {
    const asked = ask('a')
    ;(await source.batches.next()).answer({ a: null })
    expect(await asked).toBeNull()
    expect(await ask('a')).toBeNull()
    expect(source.asked).toBe(1)
  })

  test('holds for an hour, and not if the clock is set back', async () => {
    await brought(['a'])
    now = START + HOUR - 1
    await ask('a')
    expect(source.asked).toBe(1)
    now = START + HOUR
    await brought(['a'])
    expect(source.asked).toBe(2)
    now = START
    await brought(['a'])
    expect(source.asked).toBe(3)
  })

  test('is for one version of the contact', async () => {
    await brought(['a'])
    const asked = ask('a', '2')
    ;(await source.batches.next()).answer({ a: null })
    expect(await asked).toBeNull()
    expect(await ask('a', '2')).toBeNull()
  })

  test('that is missing rejects, and the contact is left alone for a minute', async () => {
    const asked = askAll(['a', 'b'])
    ;(await source.batches.next()).answer({ b: photoNamed('b') })
    expect(await asked).toMatchObject([
      { reason: { code: 'service-unavailable' } },
      { value: photoNamed('b') },
    ])
    await expect(ask('a')).rejects.toMatchObject({ code: 'service-unavailable' })
    expect(source.asked).toBe(1)
    now += MINUTE
    await brought(['a'])
    expect(await ask('a')).toEqual(photoNamed('a'))
  })
})

describe('in memory are', () => {
  test('the last two hundred photos that were shown', async () => {
    for (let screen = 0; screen < 10; screen++) await brought(names(`${screen}-`, 20))
    await ask('0-0')
    await brought(['new'])
    expect(source.asked).toBe(11)
    await askAll(['0-0', '0-2', '9-19', 'new'])
    expect(source.asked).toBe(11)
    await brought(['0-1'])
    expect(source.asked).toBe(12)
  })

  test('photos of 32 MB together', async () => {
    const large = (id: string) => ({ ...photoNamed(id), bytes: new Uint8Array(1_000_000) })
    for (const id of names('row', 33)) {
      const asked = ask(id)
      ;(await source.batches.next()).answer({ [id]: large(id) })
      await asked
    }
    await askAll(names('row', 33).slice(1))
    expect(source.asked).toBe(33)
    await brought(['row0'])
    expect(source.asked).toBe(34)
  })

  test('more contacts without a photo, which cost no photo its place', async () => {
    await brought(['a'])
    for (let screen = 0; screen < 15; screen++) {
      const ids = names(`${screen}-`, 20)
      const asked = askAll(ids)
      ;(await source.batches.next()).answer(Object.fromEntries(ids.map((id) => [id, null])))
      await asked
    }
    await askAll(['a', '0-0', '14-19'])
    expect(source.asked).toBe(16)
  })
})

describe('a source that fails', () => {
  test('fails all waiting requests, and is not asked for ten seconds', async () => {
    const asked = askAll(names('row', 30))
    ;(await source.batches.next()).fail('offline')
    for (const each of await asked) expect(each).toMatchObject({ reason: { code: 'offline' } })
    await expect(ask('other')).rejects.toMatchObject({ code: 'offline' })
    expect(source.asked).toBe(1)
    now += 10_000
    await brought(['other'])
    expect(diagnose).not.toHaveBeenCalled()
  })

  test.each([
    ['until the time that it names', '2026-01-01T09:05:00Z', 5 * MINUTE],
    ['for an hour at most', '+275760-09-13T00:00:00.000Z', HOUR],
    ['for ten seconds if the time is none', 'soon', 10_000],
    ['for ten seconds if the time is over', '1999-01-01T00:00:00Z', 10_000],
  ])('is left alone %s', async (_, retryAt, pause) => {
    const asked = askAll(['a'])
    ;(await source.batches.next()).fail('throttled', { retryAt })
    await asked
    now = START + pause - 1
    await expect(ask('a')).rejects.toMatchObject({ code: 'throttled', details: { retryAt } })
    now = START + pause
    await brought(['a'])
    expect(source.asked).toBe(2)
  })

  test('still has what it brought before', async () => {
    await brought(['a'])
    const asked = askAll(['b'])
    ;(await source.batches.next()).fail('offline')
    await asked
    expect(await ask('a')).toEqual(photoNamed('a'))
  })

  test('with an error of its own is diagnosed, and fails as internal', async () => {
    const error = new TypeError('photos is undefined')
    const asked = askAll(['a'])
    ;(await source.batches.next()).breakWith(error)
    expect(await asked).toMatchObject([{ reason: { name: 'ImportFailure', code: 'internal' } }])
    expect(diagnose).toHaveBeenCalledExactlyOnceWith(error)
  })
})

describe('forgotten photos', () => {
  test('are requested again; requests under way or waiting resolve to null immediately', async () => {
    await brought(['a'])
    const asked = askAll(names('row', 30))
    const batch = await source.batches.next()
    requests.forget()
    for (const each of await asked) expect(each).toEqual({ status: 'fulfilled', value: null })
    expect(batch.signal.aborted).toBe(true)
    batch.answer()
    await brought(['a', 'row29'])
    expect(source.asked).toBe(3)
  })

  test('fails no longer', async () => {
    const asked = askAll(['a'])
    ;(await source.batches.next()).fail('permission-missing')
    await asked
    requests.forget()
    await brought(['a'])
  })

  test('are only those of contacts that are gone or have changed', async () => {
    await brought(['same', 'changed', 'gone', 'other key'])
    const late = names('late', 2)
    const asked = askAll(late)
    const batch = await source.batches.next()
    const left = new Map([
      ['same', pictured('same')],
      ['changed', pictured('changed', '2')],
      ['late1', pictured('late1', '2')],
      ['other key', { ...pictured('other key'), key: 'another' }],
    ])
    requests.prune(({ id, key }) => (left.get(id)?.key === key ? left.get(id) : undefined))
    batch.answer()
    expect(await asked).toMatchObject([{ value: null }, { value: photoNamed('late1') }])
    expect(await ask('same')).toEqual(photoNamed('same'))
    expect(source.asked).toBe(2)
    const again = ['changed', 'gone', 'other key', 'late0']
    const asking = askAll(again)
    const next = await source.batches.next()
    expect(next.ids).toEqual(again)
    next.answer()
    await asking
  })
})
