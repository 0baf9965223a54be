import type { FileContent } from '../../../domain/failures.ts'
import type { Messages, Situation } from '../../catalogue.ts'
import type { DeFormat } from '../de-format.ts'

const held: Readonly<Record<FileContent, string>> = {
  nothing: 'ist leer',
  'no-contacts': 'enthält keine Kontakte',
  'web-page': 'ist eine Webseite oder ein anderes Dokument, keine Liste von Kontakten',
  'no-text': 'ist kein Text und damit keine Liste von Kontakten',
}

/** Why a file that a person chose could not be imported, in German. */
export const deFileFailures = ({
  time,
  number,
}: DeFormat): Pick<Messages['failures'], 'file-unreadable' | 'file-unknown-columns'> => {
  /** At the beginning of a sentence. */
  const theFile = ({ file }: Situation): string =>
    file === undefined ? 'Die Datei mit den Kontakten' : `Die Datei „\u2068${file}\u2069“`
  const exportAgain = (s: Situation): string =>
    `Exportieren Sie Ihre Kontakte noch einmal aus Outlook, als Tabelle (CSV) oder als vCards, dann ${s.steps.restart}.`
  return {
    'file-unreadable': (s) => {
      if (s.fileHolds !== undefined)
        return { happened: `${theFile(s)} ${held[s.fileHolds]}.`, next: exportAgain(s) }
      if (s.fileLine !== undefined)
        return {
          happened: `${theFile(s)} konnte nicht gelesen werden: Ein Anführungszeichen in Zeile ${number(s.fileLine)} ist nicht geschlossen.`,
          next: exportAgain(s),
        }
      if (s.storage === 'browser')
        return s.fileTime === undefined
          ? { happened: `${theFile(s)} konnte nicht gelesen werden.`, next: exportAgain(s) }
          : {
              happened: `${theFile(s)}, zuletzt geändert ${time(s.fileTime)}, ist auf dieser Seite nicht mehr geöffnet: Sie wurde geändert, verschoben oder gelöscht, oder die Seite wurde neu geladen.`,
              next: `Um Ihre Kontakte zu aktualisieren, ${s.steps.restart}.`,
            }
      const known =
        s.fileTime === undefined
          ? ''
          : ` Der letzte Import hat sie in der Fassung vom ${time(s.fileTime)} gelesen.`
      return {
        happened: `${theFile(s)} konnte nicht gelesen werden.${known}`,
        next: `Prüfen Sie, ob es sie gibt, ob Sie sie öffnen können, und ob sie eine Tabelle (CSV) oder vCards enthält, wie Outlook sie exportiert. Dann ${s.steps.restart}.`,
      }
    },
    'file-unknown-columns': (s) => ({
      happened: `${s.file === undefined ? 'Die Datei' : theFile(s)} hat keine Spalten, die nach Kontakten aussehen.`,
      next: `Exportieren Sie Ihre Kontakte noch einmal aus Outlook, dann ${s.steps.restart}.`,
    }),
  }
}
