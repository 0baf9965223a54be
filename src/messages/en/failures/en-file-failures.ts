import type { FileContent } from '../../../domain/failures.ts'
import type { Messages, Situation } from '../../catalogue.ts'
import type { EnFormat } from '../en-format.ts'

const held: Readonly<Record<FileContent, string>> = {
  nothing: 'is empty',
  'no-contacts': 'has no contacts in it',
  'web-page': 'is a web page or another document, not a list of contacts',
  'no-text': 'is not a text, so it is no list of contacts',
}

/** Why a file that a person chose could not be imported, in English. */
export const enFileFailures = ({
  time,
  number,
}: EnFormat): Pick<Messages['failures'], 'file-unreadable' | 'file-unknown-columns'> => {
  /** At the beginning of a sentence. */
  const theFile = ({ file }: Situation): string =>
    file === undefined ? 'The file with the contacts' : `The file “\u2068${file}\u2069”`
  const exportAgain = (s: Situation): string =>
    `Export your contacts from Outlook again, as a table (CSV) or as vCards, then ${s.steps.restart}.`
  return {
    'file-unreadable': (s) => {
      if (s.fileHolds !== undefined)
        return { happened: `${theFile(s)} ${held[s.fileHolds]}.`, next: exportAgain(s) }
      if (s.fileLine !== undefined)
        return {
          happened: `${theFile(s)} could not be read: a quotation mark in line ${number(s.fileLine)} is not closed.`,
          next: exportAgain(s),
        }
      if (s.storage === 'browser')
        return s.fileTime === undefined
          ? { happened: `${theFile(s)} could not be read.`, next: exportAgain(s) }
          : {
              happened: `${theFile(s)}, last changed ${time(s.fileTime)}, is no longer open in this page: it was changed, moved or deleted, or the page was loaded again.`,
              next: `To update your contacts, ${s.steps.restart}.`,
            }
      const known = s.fileTime === undefined ? '' : ` The last import read it as of ${time(s.fileTime)}.`
      return {
        happened: `${theFile(s)} could not be read.${known}`,
        next: `Check that it exists, that you can open it, and that it is a table (CSV) or vCards as Outlook exports them. Then ${s.steps.restart}.`,
      }
    },
    'file-unknown-columns': (s) => ({
      happened: `${s.file === undefined ? 'The file' : theFile(s)} has no columns that look like contacts.`,
      next: `Export your contacts from Outlook again, then ${s.steps.restart}.`,
    }),
  }
}
