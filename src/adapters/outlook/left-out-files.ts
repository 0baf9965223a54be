import { type ImportFailure, isImportFailure } from '../../domain/failures.ts'
import type { SkippedContact } from '../../domain/contact.ts'
import type { ExportFile } from './export-file.ts'

/**
 * Which files may be left out: those of which the last import has no contacts on the device, because a refresh would remove them. A
 * file with a new name may be one of the last import, if one of these is missing.
 *
 * @param last what the last import read; null if there is none
 */
export const mayLeaveOut = (
  last: {
    readonly files: readonly (readonly [name: string, ...unknown[]])[]
    readonly leftOut?: readonly string[] | undefined
  } | null,
  files: readonly ExportFile[],
): ((file: ExportFile) => boolean) => {
  const leftOut = [...(last?.leftOut ?? [])]
  const wasRead = new Set<string>()
  for (const [name] of last?.files ?? []) {
    const at = leftOut.indexOf(name)
    if (at < 0) wasRead.add(name)
    else leftOut.splice(at, 1)
  }
  const names = new Set(files.map(({ name }) => name))
  const areThere = [...wasRead].every((name) => names.has(name))
  return ({ name }) => !wasRead.has(name) && (areThere || last?.leftOut?.includes(name) === true)
}

/** The files of several that cannot be read: one of them must not cost the person the contacts of the others. */
export class LeftOutFiles {
  readonly #mayLeaveOut: (file: ExportFile) => boolean
  readonly #files: { readonly name: string; readonly failure: ImportFailure }[] = []

  /** @param mayLeaveOut whether no contact on the device is from this file. Default: none may be left out */
  constructor(mayLeaveOut: (file: ExportFile) => boolean = () => false) {
    this.#mayLeaveOut = mayLeaveOut
  }

  get names(): readonly string[] {
    return this.#files.map(({ name }) => name)
  }

  /** Why the first one cannot be read; undefined if all could be. */
  get failure(): ImportFailure | undefined {
    return this.#files[0]?.failure
  }

  /** For people: names of files are personal data. */
  get skipped(): readonly SkippedContact[] {
    return this.#files.map(({ name, failure: { code } }) => ({
      reason: code === 'file-unknown-columns' ? code : 'file-unreadable',
      file: name,
    }))
  }

  /** Passes on the parts of a file, none if it is left out. Throws as `read` if it may not be, or once a part was passed on. */
  async *reading<T>(file: ExportFile, read: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    let hasBegun = false
    try {
      for await (const each of read) {
        hasBegun = true
        yield each
      }
    } catch (error) {
      if (hasBegun || !isImportFailure(error) || !this.#mayLeaveOut(file)) throw error
      this.#files.push({ name: file.name, failure: error })
    }
  }
}
