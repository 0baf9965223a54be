import { expect, test } from 'vitest'
import { judge } from './judge.ts'
import type { Listed, MailboxState } from './judge.ts'

/** `a b*`: contacts a and b, b edited. */
const state = (text: string): MailboxState =>
  new Map(words(text).map((word) => [word.replace('*', ''), word.endsWith('*')]))

const list = (text: string): Listed => {
  const listed = new Map<string, { times: number; isEdited: boolean }>()
  for (const word of words(text)) {
    const id = word.replace('*', '')
    listed.set(id, { times: (listed.get(id)?.times ?? 0) + 1, isEdited: word.endsWith('*') })
  }
  return listed
}

const words = (text: string) => text.split(' ').filter((word) => word !== '')

test.each([
  ['a b', 'a b', { lost: 0, doubled: 0, stale: 0 }],
  ['a', 'a b c', { lost: 2, doubled: 0, stale: 0 }],
  ['a a a b', 'a b', { lost: 0, doubled: 2, stale: 0 }],
  ['a gone', 'a', { lost: 0, doubled: 0, stale: 1 }],
  ['a b', 'a b*', { lost: 0, doubled: 0, stale: 1 }],
  ['a a gone', 'a b', { lost: 1, doubled: 1, stale: 1 }],
])(
  'the list %j deviates from the mailbox %j by its lost, doubled and stale contacts',
  (listed, mailbox, deviations) => {
    expect(judge(list(listed), [state(mailbox)])).toEqual(deviations)
  },
)

test('a list that is right for any moment of the import is right', () => {
  const states = [state('a b'), state('a* b'), state('a* b*')]
  for (const listed of ['a b', 'a* b', 'b* a*'])
    expect(judge(list(listed), states)).toEqual({ lost: 0, doubled: 0, stale: 0 })
})

test('a list that the mailbox never held is compared with the nearest state, and the latest of those', () => {
  expect(judge(list('a b*'), [state('a b'), state('a* b'), state('a* b*')])).toEqual({
    lost: 0,
    doubled: 0,
    stale: 1,
  })
  expect(judge(list('a c'), [state('a b c'), state('b c')])).toEqual({ lost: 1, doubled: 0, stale: 0 })
})
