import type { FailureCode } from '../../domain/failures.ts'
import type { Sentences, Situation } from '../catalogue.ts'
import { again } from './failures/de-connection-failures.ts'

const LOAD_AGAIN = 'Laden Sie diese Seite neu.'

/** What happened to a store that is in a browser, and not in a file, in German. */
export const deBrowserStorage: Partial<Record<FailureCode, (situation: Situation) => Sentences>> = {
  'storage-full': (s) => ({
    happened: 'In diesem Browser ist nicht genug Platz, um die Kontakte zu speichern.',
    next: `Schaffen Sie auf diesem Gerät Platz, dann ${again(s)}.`,
  }),
  'storage-read-only': () => ({
    happened:
      'Eine neuere Version dieser App hat die Kontakte gespeichert, und diese Version kann sie nicht ändern.',
    next: `${LOAD_AGAIN} Wenn das nicht hilft, schließen Sie zuerst alle anderen Tabs dieser App.`,
  }),
  'storage-damaged': () => ({
    happened: 'Die Kontakte, die in diesem Browser gespeichert waren, sind verloren oder beschädigt.',
    next: 'Löschen Sie in dieser App die gespeicherten Daten, und importieren Sie dann noch einmal: Ihre Kontakte sind noch in Ihrem Konto.',
  }),
  'storage-foreign': () => ({
    happened:
      'Die Datenbank dieses Namens in Ihrem Browser gehört nicht zu dieser App. Sie wurde nicht geändert.',
    next: 'Bitten Sie den Entwickler der App, einen anderen Namen für ihre Datenbank zu wählen.',
  }),
  'storage-unavailable': () => ({
    happened: 'Diese Seite kann die Kontakte nicht benutzen, die in diesem Browser gespeichert sind.',
    next: `${LOAD_AGAIN} Wenn das nicht hilft, prüfen Sie, ob diese Website in Ihrem Browser Daten speichern darf.`,
  }),
  'storage-unsupported': () => ({
    happened: 'Dieser Browser kann keine Kontakte speichern, oder diese Seite hat keine sichere Verbindung.',
    next: 'Benutzen Sie einen aktuellen Browser, und öffnen Sie die Seite mit einer Adresse, die mit "https://" beginnt.',
  }),
  'storage-busy': (s) => ({
    happened:
      'Ein anderer Tab dieser App benutzt die Kontakte, die in diesem Browser gespeichert sind, und wurde nicht rechtzeitig fertig.',
    next: `Schließen Sie die anderen Tabs dieser App, dann ${again(s)}.`,
  }),
  'storage-locked': (s) => ({
    happened: 'Ihre Kontakte sind verschlüsselt, und dieser Browser gibt den Schlüssel zurzeit nicht heraus.',
    next: `Schließen Sie die anderen Tabs dieser App, und laden Sie dann diese Seite neu. Wenn das nicht hilft, ${s.steps.signOut}, dann ${s.steps.signIn}.`,
  }),
  'storage-replaced': () => ({
    happened:
      'Die Kontakte, die in diesem Browser gespeichert sind, wurden gelöscht, während diese Seite offen war: von einem anderen Tab oder vom Browser. Die letzten Änderungen sind nicht gespeichert.',
    next: LOAD_AGAIN,
  }),
}
