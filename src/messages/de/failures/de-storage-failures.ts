import type { FailureCode } from '../../../domain/failures.ts'
import type { Messages } from '../../catalogue.ts'
import { again } from './de-connection-failures.ts'

type StorageFailure = Extract<FailureCode, `storage-${string}`>

/** Why the store cannot be used, in German. */
export const deStorageFailures: Pick<Messages['failures'], StorageFailure> = {
  'storage-full': (s) => ({
    happened: 'Auf diesem Gerät ist nicht genug Platz, um die Kontakte zu speichern.',
    next: `Schaffen Sie Platz, dann ${again(s)}.`,
  }),
  'storage-read-only': (s) => ({
    happened: 'Die Datei, in der die Kontakte gespeichert sind, kann nicht geändert werden.',
    next: `Prüfen Sie, ob Sie in die Datei und ihren Ordner schreiben können, dann ${again(s)}.`,
  }),
  'storage-damaged': () => ({
    happened: 'Die Datei, in der die Kontakte gespeichert sind, ist beschädigt. Sie wurde nicht geändert.',
    next: 'Stellen Sie sie aus einer Sicherung wieder her, oder wählen Sie eine andere Datei und importieren Sie noch einmal: Ihre Kontakte sind noch in Ihrem Konto.',
  }),
  'storage-foreign': () => ({
    happened: 'Diese Datei gehört nicht zu dieser App. Sie wurde nicht geändert.',
    next: 'Wählen Sie eine andere Datei für die Kontakte.',
  }),
  'storage-unavailable': () => ({
    happened: 'Die Datei, in der die Kontakte gespeichert sind, konnte nicht geöffnet werden.',
    next: 'Prüfen Sie, ob es ihren Ordner gibt und ob Sie Ordner und Datei öffnen können. Versuchen Sie es dann noch einmal.',
  }),
  'storage-unsupported': () => ({
    happened:
      'SQLite, die Datenbank für die Kontakte, fehlt in dieser Installation oder läuft nicht auf diesem System.',
    next: 'Benutzen Sie Node 22.13 oder neuer, das SQLite enthält. Oder installieren Sie die App noch einmal mit ihren optionalen Paketen (ohne "--omit=optional").',
  }),
  'storage-busy': (s) => ({
    happened:
      'Ein anderes Programm, etwa eine Datensicherung, benutzt die Datei, in der die Kontakte gespeichert sind, und wurde nicht rechtzeitig fertig.',
    next: `Warten Sie, bis dieses Programm fertig ist, dann ${again(s)}.`,
  }),
  'storage-locked': (s) => ({
    happened: 'Ihre Kontakte sind verschlüsselt, und diese App bekommt zurzeit den Schlüssel nicht.',
    next: `Entsperren Sie den Schlüsselbund dieses Geräts, und öffnen Sie die App dann noch einmal. Wenn der Schlüssel gelöscht wurde, ${s.steps.signOut}, dann ${s.steps.signIn}.`,
  }),
  'storage-key-lost': (s) => ({
    happened:
      'Die Kontakte auf diesem Gerät sind verschlüsselt und nicht mehr lesbar, weil ihr Schlüssel fehlt.',
    next: `Um sie noch einmal zu importieren, ${s.steps.restart}.`,
  }),
  'storage-replaced': (s) => ({
    happened:
      'Die Datei, in der die Kontakte gespeichert sind, wurde entfernt, verschoben oder ersetzt, während sie benutzt wurde. Die letzten Änderungen sind nicht in der Datei, die jetzt da ist.',
    next: `Legen Sie die alte Datei zurück, oder behalten Sie die neue. Dann ${again(s)}.`,
  }),
  'storage-linked': () => ({
    happened:
      'Die Datei, in der die Kontakte gespeichert sind, hat einen zweiten Namen (einen Hardlink). Sie unter beiden Namen zu benutzen würde sie beschädigen, deshalb wurde sie nicht geöffnet.',
    next: 'Löschen Sie den zweiten Namen. Wenn Sie ihn nicht finden, kopieren Sie die Datei und ersetzen Sie sie durch die Kopie.',
  }),
  'storage-untrusted': () => ({
    happened:
      'Die Datei, in der die Kontakte gespeichert sind, wurde nicht benutzt, weil jemand anders sie dort abgelegt haben könnte. Die Datei, eine zugehörige Datei oder eine Verknüpfung zu ihr gehört einem anderen Benutzer und liegt in einem Ordner, in den andere schreiben können.',
    next: 'Speichern Sie die Kontakte in einem Ordner, in den nur Sie schreiben können.',
  }),
}
