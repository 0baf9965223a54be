import { faker } from '@faker-js/faker'
import type { Sandbox } from '../../sandbox/index.ts'

/** Removes, changes and adds `count` contacts each. Use a count that is too small to hold a removal. */
export const changeMailbox = (sandbox: Sandbox, count: number): void => {
  const mailbox = sandbox.mailbox('user')
  const ids = faker.helpers.arrayElements(
    mailbox.contacts().map(({ immutableId }) => immutableId),
    2 * count,
  )
  for (const id of ids.slice(0, count)) mailbox.remove(id)
  for (const id of ids.slice(count)) mailbox.change(id, { nickName: 'Changed nick name' })
  for (let index = 0; index < count; index++) mailbox.add({ displayName: `Added ${index}` })
}
