/** What a list of contacts is called, in a folder with other files. */
const exported = /\.(csv|vcf)$/i

/**
 * The files that a person dropped, and those in dropped folders that may hold contacts, as `--file FOLDER` of the command takes them: not
 * those of folders inside. Null if no folder is among them: then the files of the event are all.
 *
 * Must be called within the event, which takes its items back. A file that cannot be opened is an empty one, so that it is told.
 */
export const droppedFiles = (items: Iterable<DataTransferItem>): Promise<readonly File[]> | null => {
  const entries = [...items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    return entry === null ? [] : [entry]
  })
  if (!entries.some(({ isDirectory }) => isDirectory)) return null
  return Promise.all(
    entries.map(async (entry) =>
      isFolder(entry) ? filesIn(entry) : isFile(entry) ? [await fileOf(entry)] : [],
    ),
  ).then((files) => files.flat())
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve) => entry.file(resolve, () => resolve(new File([], entry.name))))

const filesIn = async (folder: FileSystemDirectoryEntry): Promise<readonly File[]> => {
  const found = (await entriesIn(folder)).filter(isFile).filter(({ name }) => exported.test(name))
  return Promise.all(found.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(fileOf))
}

/** A browser gives a hundred at a time, and none at the end. One that cannot be read has none. */
const entriesIn = async (folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> => {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
