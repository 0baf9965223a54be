import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LARGEST_PHOTO, photoOf } from '../../domain/photo.ts'
import { MOST_PHOTOS, type PhotoSource } from '../../ports/photo-source.ts'

/** A photo source and the service behind it. */
export interface PhotoSourceFixture {
  readonly source: PhotoSource
  /** Contacts that have a photo, and the bytes of each: more than `MOST_PHOTOS`. */
  readonly pictured: ReadonlyMap<string, Uint8Array>
  /** Contacts that have none: two or more. */
  readonly plain: readonly string[]
  /** From now on the photo of this contact is another file. */
  replace(id: string, bytes: Uint8Array): void
  /** From now on the service accepts requests but answers none. */
  fallSilent(): void
  /** From now on the service refuses access to contacts. */
  refuse(): void
  dispose(): Promise<void>
}

/** The product promises 100 ms after an abort; a machine that is busy with tests gets more. */
const AT_ONCE = 1_000

/** The tests that every `PhotoSource` has to pass, for vitest. Call it once in a test file. */
export const photoSourceContract = (name: string, create: () => Promise<PhotoSourceFixture>): void => {
  describe(`${name} keeps the contract of a photo source`, () => {
    let fixture: PhotoSourceFixture
    beforeEach(async () => {
      fixture = await create()
    })
    afterEach(() => fixture.dispose())

    const ask = (ids: readonly string[]) => fixture.source.photos(ids, new AbortController().signal)
    const pictured = () => [...fixture.pictured.keys()]
    const first = () => pictured()[0] ?? ''

    it('brings the photos of as many contacts as may be asked for at once', async () => {
      const ids = pictured().slice(0, MOST_PHOTOS)
      expect(ids).toHaveLength(MOST_PHOTOS)
      const photos = await ask(ids)
      expect([...photos.keys()].sort()).toEqual([...ids].sort())
      for (const id of ids) {
        const bytes = new Uint8Array(fixture.pictured.get(id) ?? [])
        expect(photos.get(id)).toEqual({ bytes, type: photoOf(bytes)?.type })
      }
    })

    it('says null of a contact without a photo', async () => {
      const [none = ''] = fixture.plain
      const photos = await ask([none, first()])
      expect(photos.get(none)).toBeNull()
      expect(photos.get(first())).not.toBeNull()
    })

    it('says null of a contact that is not there', async () => {
      expect(await ask(['nobody'])).toEqual(new Map([['nobody', null]]))
    })

    it('asks for nothing if no contact is named', async () => {
      expect(await ask([])).toEqual(new Map())
    })

    it.each([
      ['a file that is no image', new TextEncoder().encode('<!doctype html><h1>Sign in</h1>')],
      ['an SVG', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      ['an empty file', new Uint8Array()],
      [
        'a file that is too large',
        Uint8Array.from({ length: LARGEST_PHOTO + 1 }, (_, i) => [0xff, 0xd8, 0xff][i] ?? 0),
      ],
    ])('says null of %s, and brings the others', async (_, file) => {
      const [bad = '', good = ''] = pictured()
      fixture.replace(bad, file)
      const photos = await ask([bad, good])
      expect(photos.get(bad)).toBeNull()
      expect(photos.get(good)?.bytes).toHaveLength(fixture.pictured.get(good)?.length ?? -1)
    })

    it.each([['.'], ['..'], ['a/b'], ['\ud800'], ['x'.repeat(100_000)], ['a?b#c'], ['']])(
      'is not disturbed by the id %j',
      async (odd) => {
        const photos = await ask([odd, first()])
        expect(photos.get(first())).not.toBeNull()
        expect(photos.get(odd) ?? null).toBeNull()
      },
    )

    it('throws permission-missing if access is refused', async () => {
      fixture.refuse()
      await expect(ask(pictured().slice(0, 3))).rejects.toMatchObject({ code: 'permission-missing' })
    })

    it('throws the reason of an abort, at once', async () => {
      fixture.fallSilent()
      const controller = new AbortController()
      const asked = fixture.source.photos([first()], controller.signal)
      const reason = new Error('not wanted any more')
      const begun = performance.now()
      controller.abort(reason)
      await expect(asked).rejects.toBe(reason)
      expect(performance.now() - begun).toBeLessThan(AT_ONCE)
    })

    it('asks for nothing after an abort', async () => {
      await expect(fixture.source.photos([first()], AbortSignal.abort(new Error('gone')))).rejects.toThrow(
        'gone',
      )
    })
  })
}
