import { expect, test } from 'vitest'
import { emptyList, noContactLists, type ContactLists } from '../../projections/contact-lists.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { photoNamed, ScriptedPhotos } from '../../testing/scripted-photos.ts'
import { ScriptedSource } from '../../testing/scripted-source.ts'
import { PhotosOnDemand } from './photos-on-demand.ts'
import { Photos } from './photos.ts'

const ada = sampleContact('ada')
const listOfAda: ContactLists = {
  microsoft365: {
    ...emptyList,
    contacts: new Map([[ada.id, ada]]),
    account: { id: 'one', username: 'person@example.test' },
  },
}

const loaded = async () => ({ Photos })

const onDemand = (load: () => Promise<{ readonly Photos: typeof Photos }>) => {
  const source = new ScriptedPhotos()
  const state = { lists: listOfAda }
  const photos = new PhotosOnDemand(
    {
      options: { clock: { now: () => new Date(0), newId: () => 'unused' } },
      linked: new Map([['microsoft365', Object.assign(new ScriptedSource(), { photos: source })]]),
      state,
      order: { readAhead: async () => undefined },
      diagnose: () => undefined,
    },
    load,
  )
  return { photos, state, source }
}

test('the code is loaded when a photo is first asked for, and photos stay', async () => {
  let loads = 0
  const { photos, source } = onDemand(() => {
    loads++
    return loaded()
  })
  photos.update(listOfAda)
  expect(loads).toBe(0)
  const asked = photos.photo(ada.key)
  ;(await source.batches.next()).answer()
  expect(await asked).toEqual(photoNamed('ada'))
  expect(await photos.photo(ada.key)).toEqual(photoNamed('ada'))
  expect(source.asked).toBe(1)
})

test('code that cannot be loaded fails with a code of its own, and is loaded the next time', async () => {
  let isThere = false
  const { photos, source } = onDemand(() =>
    isThere ? loaded() : Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
  )
  await expect(photos.photo(ada.key)).rejects.toMatchObject({ code: 'service-unavailable' })
  isThere = true
  const asked = photos.photo(ada.key)
  ;(await source.batches.next()).answer()
  expect(await asked).toEqual(photoNamed('ada'))
})

test('a contact that is gone before the code is there has no photo, and the source is not asked', async () => {
  const { photos, state, source } = onDemand(loaded)
  const asked = photos.photo(ada.key)
  state.lists = noContactLists
  photos.update(noContactLists)
  expect(await asked).toBeNull()
  expect(source.asked).toBe(0)
})

test('once the code is there, a sign-out ends the requests under way', async () => {
  const { photos, source } = onDemand(loaded)
  const asked = photos.photo(ada.key)
  const batch = await source.batches.next()
  photos.update(noContactLists)
  expect(batch.signal.aborted).toBe(true)
  expect(await asked).toBeNull()
})

test('a book that is closed before the code is there asks no source', async () => {
  const { photos, source } = onDemand(loaded)
  const asked = photos.photo(ada.key)
  photos.close()
  expect(await asked).toBeNull()
  expect(await photos.photo(ada.key)).toBeNull()
  expect(source.asked).toBe(0)
})
