import * as v from 'valibot'

export const folderForm = v.object({
  /** The default folder is known by its place only (null): Graph does not list it. */
  id: v.nullable(v.string()),
  /** What the person calls it; null where that is not known. */
  name: v.nullable(v.string()),
  /** What its contacts say that they are in; null as long as none was seen. */
  parent: v.nullable(v.string()),
})

/** A contact folder. */
export type Folder = v.InferOutput<typeof folderForm>

export const defaultFolder: Folder = { id: null, name: null, parent: null }

/** The folder, with what its contacts say of it. */
export const withParent = <F extends Folder>(folder: F, items: readonly unknown[]): F => {
  if (folder.parent !== null) return folder
  for (const item of items) {
    const parent = (item as { parentFolderId?: unknown } | null | undefined)?.parentFolderId
    if (typeof parent === 'string' && parent !== '') return { ...folder, parent }
  }
  return folder
}
