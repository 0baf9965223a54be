import type { FaultOf } from '../faults/fault.ts'
import type { Folder, Item } from '../mailbox/item.ts'
import type { Mailbox } from '../mailbox/mailbox.ts'
import { type Answer, jsonAnswer } from './answer.ts'
import { contactJson } from './contacts/contact-json.ts'
import { contactPhoto } from './contacts/contact-photo.ts'
import { listContacts } from './contacts/contact-list.ts'
import { readSelect } from './contacts/contact-properties.ts'
import { readExpand } from './contacts/expand.ts'
import { deltaPage } from './contacts/delta.ts'
import { graphErrors } from './graph-error.ts'
import type { GraphRequest } from './graph-request.ts'
import { listPage } from './list.ts'

/** Responds to one request to Graph. Throws `GraphError` for everything that Graph refuses. */
export const route = (request: GraphRequest): Answer => {
  if (request.method !== 'GET') throw graphErrors.methodNotAllowed()
  const [me, resource, ...rest] = request.segments
  if (me?.toLowerCase() !== 'me') throw graphErrors.noSuchSegment(me ?? '')
  if (resource === undefined) return profile(request)
  switch (resource.toLowerCase()) {
    case 'contacts':
      return contacts(request, mailboxOf(request), null, rest)
    case 'contactfolders':
      return contactFolders(request, mailboxOf(request), rest)
    default:
      throw graphErrors.noSuchSegment(resource)
  }
}

/** Needs User.Read: a token for contacts alone does not say to whom it belongs. */
const profile = ({ person, scopes, baseUrl }: GraphRequest): Answer => {
  if (!scopes.has('User.Read')) throw graphErrors.accessDenied()
  return jsonAnswer({
    '@odata.context': `${baseUrl}/$metadata#users/$entity`,
    id: person.objectId,
    displayName: person.name,
    userPrincipalName: person.username,
    mail: person.contacts === null ? null : person.username,
  })
}

const mailboxOf = ({ mailbox, scopes }: GraphRequest): Mailbox => {
  if (!scopes.has('Contacts.Read') && !scopes.has('Contacts.ReadWrite')) throw graphErrors.accessDenied()
  if (mailbox === null) throw graphErrors.noMailbox()
  return mailbox
}

/** `/me/contacts` is the default folder only, but finds a contact of any folder by its id. */
const contacts = (
  request: GraphRequest,
  mailbox: Mailbox,
  folder: Folder | null,
  [what, ...rest]: readonly string[],
): Answer => {
  const { id } = folder ?? mailbox.defaultFolder
  const asksForFolder = [undefined, '$count', 'delta', 'delta()'].includes(what)
  if (asksForFolder && mailbox.folder(id) === undefined) throw graphErrors.folderNotFound()
  const user = `users('${request.person.objectId}')`
  const collection = folder === null ? `${user}/contacts` : `${user}/contactFolders('${id}')/contacts`
  switch (what) {
    case undefined:
      return listContacts(request, mailbox.items(id), collection)
    case '$count':
      return { ...jsonAnswer(String(mailbox.items(id).length)), headers: { 'content-type': 'text/plain' } }
    case 'delta':
    case 'delta()':
      return deltaPage(request, mailbox, folder ?? mailbox.defaultFolder)
    default: {
      const item = existing(mailbox.find(checkedId(what)), folder)
      return rest.length === 0
        ? contact(request, item, collection)
        : contactPhoto(request, mailbox.photos.of(item), `${collection}('${what}')`, rest)
    }
  }
}

const existing = (item: Item | undefined, folder: Folder | null): Item => {
  if (item?.kind !== 'contact' || (folder !== null && item.folderId !== folder.id))
    throw graphErrors.itemNotFound()
  return item
}

const contact = ({ query, prefer, baseUrl }: GraphRequest, item: Item, collection: string): Answer => {
  const text = contactJson(item, {
    select: readSelect(query),
    expand: readExpand(query),
    immutableIds: prefer.immutableIds,
    inList: false,
  })
  return jsonAnswer(`{"@odata.context":"${baseUrl}/$metadata#${collection}/$entity",${text.slice(1)}`)
}

/** `/me/contactFolders` lists the contents of the default folder, not that folder itself. */
const contactFolders = (
  request: GraphRequest,
  mailbox: Mailbox,
  [id, below, ...rest]: readonly string[],
): Answer => {
  if (id === undefined) return listFolders(request, mailbox, mailbox.defaultFolder.id)
  const isDefault = id.toLowerCase() === 'contacts'
  const folder = mailbox.folder(isDefault ? mailbox.defaultFolder.id : checkedId(id))
  if (folder === undefined) throw isDefault ? graphErrors.folderNotFound() : graphErrors.itemNotFound()
  switch (below?.toLowerCase()) {
    case undefined:
      return jsonAnswer({ '@odata.context': folderContext(request, '/$entity'), ...folderObject(folder) })
    case 'childfolders':
      return listFolders(request, mailbox, folder.id)
    case 'contacts':
      return contacts(request, mailbox, folder, rest)
    default:
      throw graphErrors.noSuchSegment(below ?? '')
  }
}

const listFolders = (request: GraphRequest, mailbox: Mailbox, parentId: string): Answer => {
  const all = mailbox.childFolders(parentId)
  const isMeant = (lie: FaultOf<'omit-folder'>, { id, name }: Folder): boolean =>
    [id, name, undefined].includes(lie.folder)
  const omitted = request.lies.find('omit-folder', (lie) => all.some((folder) => isMeant(lie, folder)))
  const folders = all.filter((folder) => omitted === undefined || !isMeant(omitted, folder))
  return listPage(request, {
    context: folderContext(request, ''),
    total: folders.length,
    texts: (start, end) => folders.slice(start, end).map((folder) => JSON.stringify(folderObject(folder))),
  })
}

const folderContext = ({ baseUrl, person }: GraphRequest, suffix: string): string =>
  `${baseUrl}/$metadata#users('${person.objectId}')/contactFolders${suffix}`

const folderObject = ({ id, parentId, name }: Folder): object => ({
  id,
  parentFolderId: parentId,
  displayName: name,
})

/** Ids are base64url: anything else is not an id. */
const checkedId = (id: string): string => {
  if (!/^[\w-]+=*$/.test(id)) throw graphErrors.idMalformed()
  return id
}
