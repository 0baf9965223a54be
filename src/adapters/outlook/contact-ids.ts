import { sha256 } from '@noble/hashes/sha2.js'
import type { SourceContact } from '../../domain/contact.ts'
import { encodeBase64url } from '../../formats/base64url.ts'
import { utf8Of } from '../../formats/utf8.ts'
import type { DraftContact } from './draft-contact.ts'
import { RepeatedIds } from './repeated-ids.ts'

/** Characters of an id, without a number behind it: 132 bits. */
const LENGTH = 22

/**
 * Gives contacts their ids. Files have none, so what stays the same when a person edits a contact stands for it: the UID of a
 * vCard, the first e-mail address, the first number with the name, or all of it.
 */
export class ContactIds {
  readonly #repeated = new RepeatedIds()
  #count = 0

  /** @param uid the UID of a vCard */
  identified(draft: DraftContact, uid?: string): SourceContact {
    const content = JSON.stringify(draft)
    const hash = hashOf(basisOf(draft, uid) ?? `row:${content}`)
    const number = this.#repeated.add(hash)
    this.#count++
    // Beyond the bound, the place in the file tells contacts apart.
    const suffix = number === null ? `#n${this.#count}` : number === 1 ? '' : `#${number}`
    return { id: textOf(hash) + suffix, source: 'outlook', version: textOf(hashOf(content)), ...draft }
  }
}

const basisOf = (draft: DraftContact, uid: string | undefined): string | null => {
  if (uid !== undefined && uid !== '') return `uid:${uid}`
  const email = draft.emails.find(({ address }) => address !== undefined)?.address
  if (email !== undefined) return `email:${email.trim().toLowerCase()}`
  const digits = draft.phones[0]?.value.replace(/\D/g, '') ?? ''
  return digits === '' ? null : `phone:${digits}:${fullName(draft)}`
}

const fullName = ({ name, nickname, organization }: DraftContact): string =>
  name.full ??
  ([name.given, name.middle, name.family].filter((part) => part !== undefined).join(' ') ||
    (nickname ?? organization?.name ?? ''))

/** `utf8Of` lends its memory until the next call. */
const hashOf = (text: string): Uint8Array => sha256(utf8Of(text))

const textOf = (hash: Uint8Array): string => encodeBase64url(hash).slice(0, LENGTH)
