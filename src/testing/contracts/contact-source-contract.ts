import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isImportFailure } from '../../domain/failures.ts'
import type { Json } from '../../domain/reports.ts'
import type { ContactSource, FetchContext } from '../../ports/contact-source.ts'
import { fetchRequest, type PageReport, readSource } from '../read-source.ts'

/** A source under test, with more contacts than fit on one of its pages. */
export interface ContactSourceFixture {
  readonly source: ContactSource
  /** The ids of all its contacts. */
  readonly ids: readonly string[]
  /** From now on, the service accepts requests but does not answer them. */
  fallSilent(): void
  /** Number of requests that the service has received so far. */
  requests(): number
  dispose(): Promise<void>
}

/** In ms. The product promises 100 ms after a cancel; a machine that is busy with tests gets more time. */
const AT_ONCE = 1_000

/** The tests that every `ContactSource` must pass, for vitest. Call it once in a test file. */
export const contactSourceContract = (name: string, create: () => Promise<ContactSourceFixture>): void => {
  describe(`${name} keeps the contract of a contact source`, () => {
    let fixture: ContactSourceFixture
    beforeEach(async () => {
      fixture = await create()
    })
    afterEach(() => fixture.dispose())

    const fetch = (signal: AbortSignal) => {
      const context: FetchContext = { signal, progress: () => undefined }
      return fixture.source.fetch(fetchRequest(), context)
    }
    const read = (resumeFrom: Json = null) => readSource(fixture.source, { resumeFrom })
    const idsOf = (pages: readonly PageReport[]) =>
      new Set(pages.flatMap(({ contacts }) => contacts.map(({ id }) => id)))

    it('reports a count first, then pages, and last that the listing is finished', async () => {
      const types = (await read()).reports.map(({ type }) => type)
      const pages = types.filter((type) => type === 'page.fetched')
      expect(pages.length).toBeGreaterThan(1)
      expect(types).toEqual(['contacts.counted', ...pages, 'listing.finished'])
    })

    it('reports every contact, with its source', async () => {
      const { pages } = await read()
      expect(idsOf(pages)).toEqual(new Set(fixture.ids))
      const sources = new Set(pages.flatMap(({ contacts }) => contacts.map(({ source }) => source)))
      expect([...sources]).toEqual([fixture.source.source])
    })

    it('reports each folder once, and the folders of all contacts, if it reports any', async () => {
      const { finished, pages } = await read()
      const folders = finished?.folders?.map(({ id }) => id)
      if (folders === undefined) return
      expect(new Set(folders).size).toBe(folders.length)
      const used = pages.flatMap(({ contacts }) => contacts.flatMap(({ folder }) => folder ?? []))
      expect(folders).toEqual(expect.arrayContaining(used))
    })

    it('reports only JSON, so that it can be recorded', async () => {
      const { reports } = await read()
      expect(JSON.parse(JSON.stringify(reports))).toStrictEqual(reports)
    })

    it('continues after each of its pages with exactly the rest, without counting again', async () => {
      const { pages: whole } = await read()
      for (const [index, page] of whole.entries()) {
        const cursor = JSON.parse(JSON.stringify(page.cursor)) as Json
        const { reports, pages } = await read(cursor)
        expect(idsOf(pages)).toEqual(idsOf(whole.slice(index + 1)))
        expect(reports.some(({ type }) => type === 'contacts.counted')).toBe(false)
        expect(reports.at(-1)?.type).toBe('listing.finished')
      }
    })

    it.each<Json>(['nonsense', 7, [], {}, { version: 'of another time' }])(
      'starts over if it cannot read its cursor: %j',
      async (cursor) => {
        expect(new Set((await read(cursor)).ids)).toEqual(new Set(fixture.ids))
      },
    )

    it('sends no request before its first report is requested, or after the consumer has stopped', async () => {
      const iterator = fetch(new AbortController().signal)[Symbol.asyncIterator]()
      expect(fixture.requests()).toBe(0)
      await iterator.next()
      await iterator.return?.()
      const asked = fixture.requests()
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(fixture.requests()).toBe(asked)
      expect(await iterator.next()).toMatchObject({ done: true })
    })

    it('does nothing if it is aborted before it begins', async () => {
      const reason = new Error('over')
      await expect(fetch(AbortSignal.abort(reason))[Symbol.asyncIterator]().next()).rejects.toBe(reason)
      expect(fixture.requests()).toBe(0)
    })

    it('reports nothing more after an abort, even what it has already read', async () => {
      const over = new AbortController()
      const reason = new Error('over')
      const iterator = fetch(over.signal)[Symbol.asyncIterator]()
      await iterator.next()
      await iterator.next()
      await new Promise((resolve) => setTimeout(resolve, 100))
      over.abort(reason)
      await expect(iterator.next()).rejects.toBe(reason)
      expect(await iterator.next()).toMatchObject({ done: true })
    })

    it('ends immediately with the reason of an abort while the service is silent', async () => {
      const over = new AbortController()
      const reason = new Error('over')
      fixture.fallSilent()
      const first = fetch(over.signal)[Symbol.asyncIterator]().next()
      let aborted = 0
      setTimeout(() => {
        aborted = performance.now()
        over.abort(reason)
      }, 100)
      await expect(first).rejects.toBe(reason)
      expect(performance.now() - aborted).toBeLessThan(AT_ONCE)
    })

    it('fails with an `ImportFailure` when the service goes away', async () => {
      await fixture.dispose()
      const error: unknown = await read().then(
        () => null,
        (failure: unknown) => failure,
      )
      expect(isImportFailure(error)).toBe(true)
    })

    it('can be read twice at the same time', async () => {
      const [one, other] = await Promise.all([read(), read()])
      expect(new Set(one.ids)).toEqual(new Set(fixture.ids))
      expect(new Set(other.ids)).toEqual(new Set(fixture.ids))
    })
  })
}
