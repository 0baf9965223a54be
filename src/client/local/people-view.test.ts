import { expect, test } from 'vitest'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import type { Contact } from '../../domain/contact.ts'
import type { Source } from '../../domain/source.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { PeopleView } from './people-view.ts'

const ann = (source: Source, more: Partial<Contact> = {}): Contact =>
  sampleContact(source, {
    key: source,
    source,
    name: { full: 'Ann Lee' },
    emails: [{ address: 'a@x.test' }],
    ...more,
  })

const following = () => {
  const shown: string[][] = []
  const diagnosed: unknown[] = []
  const people = new PeopleView({
    phone: {},
    show: ({ contacts }) => shown.push(contacts.map(({ key }) => key)),
    diagnose: (error) => diagnosed.push(error),
  })
  return { people, shown, diagnosed }
}

test('contacts of one source are shown at once', () => {
  const { people, shown } = following()
  people.set([ann('google')], [])
  expect(shown).toEqual([['google']])
})

test('contacts of several sources are shown when they are compared, and not twice before', async () => {
  const { people, shown, diagnosed } = following()
  people.set([ann('microsoft365'), ann('google')], [])
  expect(shown).toEqual([])
  await expect.poll(() => shown).toEqual([['microsoft365']])
  people.set([ann('microsoft365'), ann('google')], [{ contacts: ['google', 'microsoft365'], isSame: false }])
  await expect.poll(() => shown).toEqual([['microsoft365'], ['microsoft365', 'google']])
  expect(diagnosed).toEqual([])
})

test('contacts of a source that is gone are gone at once, and do not come back with a comparison that ends later', async () => {
  const { people, shown } = following()
  people.set([ann('microsoft365'), ann('google'), ann('outlook')], [])
  await expect.poll(() => shown).toEqual([['microsoft365']])
  people.set([ann('microsoft365'), ann('google'), ann('outlook', { note: 'changed' })], [])
  people.set([ann('microsoft365'), ann('google')], [])
  expect(shown.at(-1)).toEqual(['microsoft365', 'google'])
  await expect.poll(() => shown).toEqual([['microsoft365'], ['microsoft365', 'google'], ['microsoft365']])
  people.set([ann('microsoft365', { note: 'changed' }), ann('google')], [])
  people.set([ann('google')], [])
  expect(shown.at(-1)).toEqual(['google'])
  for (let turn = 0; turn < 50; turn++) await yieldToEventLoop()
  expect(shown.at(-1)).toEqual(['google'])
})

test('after it is closed, nothing more is shown', async () => {
  const { people, shown } = following()
  people.set([ann('microsoft365'), ann('google')], [])
  people.close()
  for (let turn = 0; turn < 50; turn++) await yieldToEventLoop()
  expect(shown).toEqual([])
})
