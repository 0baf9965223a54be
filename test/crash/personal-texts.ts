import type { Sandbox } from '../../sandbox/index.ts'

/** Shorter texts also occur in ciphertext by chance. */
const LEAST = 6

/** Every text in a value, however deep. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : []

/**
 * The personal texts of a mailbox, of its owner and of their sign-ins: each text of each contact, ids, names of
 * folders, the account, and every token and code.
 */
export const personalTexts = (sandbox: Sandbox): readonly string[] => {
  const mailbox = sandbox.mailbox('user')
  const contacts = mailbox
    .contacts()
    .flatMap(({ id, immutableId, fields }) => textsIn([id, immutableId, fields]))
  // The name of the default folder is the same for everybody.
  const folders = mailbox.folders.flatMap(({ id, name }) => (name === 'Contacts' ? [id] : [id, name]))
  const person = sandbox.people.find(({ id }) => id === 'user')
  const account = [person?.name, person?.username, person?.objectId].filter((text) => text !== undefined)
  const texts = [...contacts, ...folders, ...account, ...sandbox.issuedSecrets()]
  return [...new Set(texts)].filter((text) => text.length >= LEAST)
}
