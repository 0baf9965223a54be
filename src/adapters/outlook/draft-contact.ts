import type { SourceContact } from '../../domain/contact.ts'
import { isVisible } from '../../formats/visible-text.ts'

/** A contact as it is read, before it has an id. */
export type DraftContact = {
  -readonly [K in keyof Omit<SourceContact, 'id' | 'source' | 'version' | 'folder'>]: SourceContact[K]
}

/** Whether anybody could be found, called or written to with it. */
export const isUsable = ({
  name,
  nickname,
  organization,
  phones,
  emails,
  ims,
  addresses,
  sips = [],
}: DraftContact): boolean =>
  [
    ...Object.values<string | undefined>({ ...name }),
    nickname,
    organization?.name,
    ...phones.map(({ value }) => value),
    ...emails.flatMap(({ address, name: label }) => [address, label]),
    ...ims,
    ...sips,
    ...addresses.flatMap(({ kind: _, label: __, ...parts }) => Object.values(parts)),
  ].some((text: string | undefined) => text !== undefined && isVisible(text))

/** The text under which a list shows a contact that has no name: what a program that has to write some name writes. */
export const substituteName = ({
  name,
  nickname,
  organization,
  phones,
  emails,
  ims,
  sips = [],
}: DraftContact): string =>
  [
    [name.phoneticFamily, name.phoneticGiven]
      .filter((part) => part !== undefined && isVisible(part))
      .join(' '),
    nickname,
    name.fileAs,
    organization?.name,
    ...emails.filter(({ routingType }) => routingType === undefined).map(({ address }) => address),
    ...emails.map((email) => email.name),
    ...phones.map(({ value }) => value),
    ...ims,
    ...sips,
  ].find((text) => text !== undefined && isVisible(text)) ?? ''
