import type { SkippedContact, SourceContact } from '../../src/domain/contact.ts'
import type { ExportFile } from '../../src/adapters/outlook/export-file.ts'
import { readExport } from '../../src/adapters/outlook/read-export.ts'

const encoder = new TextEncoder()

/** A file in memory, which is read in pieces of `piece` bytes. */
export const exportFileOf = (
  content: string | Uint8Array,
  { name = 'contacts.csv', piece = 64 * 1024 }: { readonly name?: string; readonly piece?: number } = {},
): ExportFile => {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content
  return {
    name,
    size: bytes.length,
    modified: new Date('2026-11-30T00:00:00Z'),
    async *read() {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
    },
  }
}

/** All contacts of files, and what was skipped. */
export const readAll = async (...files: readonly ExportFile[]) => {
  const contacts: SourceContact[] = []
  const skipped: SkippedContact[] = []
  for await (const page of readExport(files, new AbortController().signal)) {
    contacts.push(...page.contacts)
    skipped.push(...page.skipped)
  }
  return { contacts, skipped }
}
