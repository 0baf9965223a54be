import { contactFields } from '../contact/contact-fields.ts'
import { extendedExpand } from '../contact/extended-properties.ts'
import { LARGEST_PAGE } from '../graph/page.ts'
import { requestShape } from './cursor/delta-cursor.ts'

/** A folder by its id; null for the default folder, which Graph does not list. */
interface FolderPlace {
  readonly id: string | null
}

/** All fields of a contact that `mapContact` reads. */
const whole = contactFields.join()

/** The fields by which two readings of a mailbox are compared: id, folder and version of each contact. */
const identity = 'id,parentFolderId,changeKey,lastModifiedDateTime'

/** URLs of our own requests to a mailbox. Links from Graph are followed unchanged, byte for byte. */
export const mailboxUrls = (service: URL, pageSize = LARGEST_PAGE, isExtended = false) => {
  const expand = isExtended ? `&${extendedExpand}` : ''
  const base = service.href.replace(/\/+$/, '')
  const at = (path: string, query: string) => `${base}${path}?${query}`
  const folderPath = (id: string) => `/me/contactFolders/${encodeURIComponent(id)}`
  const contactsPath = ({ id }: FolderPlace) => (id === null ? '/me/contacts' : `${folderPath(id)}/contacts`)
  const page = (folder: FolderPlace, select: string, skip: number, size: number) =>
    at(contactsPath(folder), `$select=${select}&$top=${size}${skip === 0 ? '' : `&$skip=${skip}`}`)
  const folder = '$select=id,displayName,parentFolderId'
  const folderPage = { size: LARGEST_PAGE }
  const folders = () => `$select=id,displayName&$top=${folderPage.size}`
  return {
    base,
    /** Contacts on a full page. */
    pageSize,
    /** Whether contacts come with their extended properties. Deltas return none (Graph: "contact: delta"). */
    isExtended,
    /** How contacts are requested and mapped. */
    shape: requestShape(isExtended),
    /** A page of contacts. */
    contacts: (folder: FolderPlace, skip = 0, size = pageSize) =>
      page(folder, `${whole}${expand}`, skip, size),
    /** A page of contacts, by id and version only. */
    identities: (folder: FolderPlace, skip = 0, size = pageSize) => page(folder, identity, skip, size),
    /** The number of contacts. Without $top, which has made the count -1; the default page has ten ids. */
    count: (folder: FolderPlace) => at(contactsPath(folder), '$select=id,parentFolderId&$count=true'),
    contact: (id: string) => at(`/me/contacts/${encodeURIComponent(id)}`, `$select=${whole}${expand}`),
    /** All contacts and then all changes of a folder (Graph: "contact: delta"). The server refuses a `$top` here. */
    delta: (folder: FolderPlace) => at(`${contactsPath(folder)}/delta`, `$select=${whole}`),
    /** Changes of a folder from now on, which only some mailboxes support. */
    deltaFromNow: (folder: FolderPlace) =>
      at(`${contactsPath(folder)}/delta`, `$deltatoken=latest&$select=${whole}`),
    /** Siblings of the default folder. */
    topFolders: () => at('/me/contactFolders', folders()),
    childFolders: (id: string) => at(`${folderPath(id)}/childFolders`, folders()),
    /** Folders on a page. Becomes smaller if larger pages are not answered. */
    folderPage,
    folder: (id: string) => at(folderPath(id), folder),
    /** By its well-known name, which is not documented. */
    defaultFolder: at(folderPath('contacts'), folder),
  }
}

export type MailboxUrls = ReturnType<typeof mailboxUrls>
