import { expect, test } from 'vitest'
import type { Contact } from '../../domain/contact.ts'
import { emptyList, type ContactLists } from '../../projections/contact-lists.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { photoNamed, ScriptedPhotos } from '../../testing/scripted-photos.ts'
import { ScriptedSource } from '../../testing/scripted-source.ts'
import { Photos } from './photos.ts'

const listOf = (account: string | null, ...contacts: readonly Contact[]): ContactLists => ({
  microsoft365: {
    ...emptyList,
    contacts: new Map(contacts.map((contact) => [contact.id, contact])),
    account: account === null ? null : { id: account, username: 'person@example.test' },
  },
})

/** Photos over lists that `become` others. */
const photosOver = (lists: ContactLists) => {
  const source = new ScriptedPhotos()
  const state = { lists }
  const photos = new Photos({
    options: { clock: { now: () => new Date(0), newId: () => 'unused' } },
    linked: new Map([['microsoft365', Object.assign(new ScriptedSource(), { photos: source })]]),
    state,
    order: { readAhead: async () => undefined },
    diagnose: () => undefined,
  })
  const become = (next: ContactLists) => {
    state.lists = next
    photos.update(next)
  }
  const brought = async (key: string) => {
    const asked = photos.photo(key)
    ;(await source.batches.next()).answer()
    return asked
  }
  return { photos, source, become, brought }
}

const ada = sampleContact('ada')
const grace = sampleContact('grace')

test('photos stay when other contacts come and go', async () => {
  const { photos, source, become, brought } = photosOver(listOf('one', ada))
  await brought(ada.key)
  become(listOf('one', ada, grace))
  expect(await photos.photo(ada.key)).toEqual(photoNamed('ada'))
  expect(source.asked).toBe(1)
  expect(await brought(grace.key)).toEqual(photoNamed('grace'))
})

test('photos of one account are not shown for another, even if ids and keys are the same', async () => {
  const { photos, source, become, brought } = photosOver(listOf('one', ada))
  await brought(ada.key)
  const pending = photosOver(listOf('one', ada))
  const asked = pending.photos.photo(ada.key)
  const batch = await pending.source.batches.next()
  pending.become(listOf('other', ada))
  expect([await asked, batch.signal.aborted]).toEqual([null, true])
  become(listOf('other', ada))
  await brought(ada.key)
  expect(source.asked).toBe(2)
  expect(await photos.photo(ada.key)).toEqual(photoNamed('ada'))
})

test('a contact that was removed has no photo any more, and its key leads nowhere', async () => {
  const { photos, source, become, brought } = photosOver(listOf('one', ada, grace))
  await brought(ada.key)
  become(listOf('one', grace))
  expect(await photos.photo(ada.key)).toBeNull()
  become(listOf('one', ada, grace))
  await brought(ada.key)
  expect(source.asked).toBe(2)
})
