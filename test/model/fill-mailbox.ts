import type { Mailbox } from '../../sandbox/index.ts'
import { MODEL_CONTACTS } from '../../src/testing/account-model.ts'
import type { ModelMailbox } from '../../src/testing/model-paths.ts'

/** Fills the mailbox with the contents that the path needs next. */
export const fillMailbox = (mailbox: Mailbox, wanted: ModelMailbox, original: readonly string[]): void => {
  const isOriginal = new Set(original)
  const remove = (which: (id: string) => boolean) => {
    for (const { immutableId } of mailbox.contacts()) if (which(immutableId)) mailbox.remove(immutableId)
  }
  const addUpTo = (size: number) => {
    for (let index = mailbox.size; index < size; index++) mailbox.add({ displayName: `Added ${index}` })
  }
  switch (wanted) {
    case 'few': {
      remove((id) => !isOriginal.has(id))
      return
    }
    case 'left': {
      const stays = new Set(original.slice(0, MODEL_CONTACTS.left))
      remove((id) => !stays.has(id))
      return
    }
    case 'full': {
      // The oldest contact is the one beyond the limit.
      const gone = oldest(mailbox)
      remove((id) => id === gone)
      return
    }
    case 'beyond-limit': {
      addUpTo(10_001)
      return
    }
    case 'others':
      remove(() => true)
      {
        addUpTo(10_001)
        return
      }
  }
}

const oldest = (mailbox: Mailbox): string | undefined =>
  mailbox
    .contacts()
    .toSorted((a, b) => (a.modified < b.modified ? -1 : 1))
    .at(0)?.immutableId
