import { contactFields } from '../contact/contact-fields.ts'

/** Known by its place only where its id is null: Graph does not list the default folder. */
interface FolderPlace {
  readonly id: string | null
}

/** The largest page that Outlook serves (Graph: "Paging"). */
export const LARGEST_PAGE = 1000

/** What makes a contact of the list: all that `mapContact` reads. */
const whole = contactFields.join()

/** What tells one state of a mailbox from another: which contact is where, in which version. */
const identity = 'id,parentFolderId,changeKey,lastModifiedDateTime'

/** Addresses of what is read of a mailbox. Those that Graph gives are followed as they are, byte for byte. */
export const mailboxUrls = (service: URL, pageSize = LARGEST_PAGE) => {
  const base = service.href.replace(/\/+$/, '')
  const at = (path: string, query: string) => `${base}${path}?${query}`
  const folderPath = (id: string) => `/me/contactFolders/${encodeURIComponent(id)}`
  const contactsPath = ({ id }: FolderPlace) => (id === null ? '/me/contacts' : `${folderPath(id)}/contacts`)
  const page = (folder: FolderPlace, select: string, skip: number) =>
    at(contactsPath(folder), `$select=${select}&$top=${pageSize}${skip === 0 ? '' : `&$skip=${skip}`}`)
  const folders = 'select=id,displayName&$top=1000'
  return {
    base,
    /** Contacts on a page. */
    pageSize,
    /** A page of contacts. */
    contacts: (folder: FolderPlace, skip = 0) => page(folder, whole, skip),
    /** A page of contacts, told by id and version only. */
    identities: (folder: FolderPlace, skip = 0) => page(folder, identity, skip),
    /** How many there are. No $top: with it the count has come as -1. The default page is ten ids. */
    count: (folder: FolderPlace) => at(contactsPath(folder), '$select=id,parentFolderId&$count=true'),
    contact: (id: string) => at(`/me/contacts/${encodeURIComponent(id)}`, `$select=${whole}`),
    /** All contacts and then all changes of a folder (Graph: "contact: delta"). A `$top` is refused there. */
    delta: (folder: FolderPlace) => at(`${contactsPath(folder)}/delta`, `$select=${whole}`),
    /** Changes of a folder from now on: mailboxes differ in whether they know this. */
    deltaFromNow: (folder: FolderPlace) =>
      at(`${contactsPath(folder)}/delta`, `$deltatoken=latest&$select=${whole}`),
    /** Folders beside the default one. */
    topFolders: at('/me/contactFolders', `$${folders}`),
    childFolders: (id: string) => at(`${folderPath(id)}/childFolders`, `$${folders}`),
  }
}

export type MailboxUrls = ReturnType<typeof mailboxUrls>
