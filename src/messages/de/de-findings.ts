import type { Messages, Steps } from '../catalogue.ts'
import type { DeFormat } from './de-format.ts'

/** What an examination of a store found, in German. */
export const deFindings = ({ counted }: DeFormat): Messages['findings'] => ({
  'store-missing': (_, steps) => ({
    happened: 'Hier wurde noch nichts importiert: Die Datei gibt es nicht.',
    next: `Um zu beginnen, ${steps.signIn}.`,
  }),
  'store-foreign': () => ({
    happened: 'Diese Datei gehört nicht zu dieser App.',
    next: 'Wählen Sie eine andere Datei für die Kontakte.',
  }),
  'store-unreadable': () => ({
    happened: 'Die Datei konnte nicht gelesen werden, ihr Inhalt ist also unbekannt.',
    next: 'Prüfen Sie, ob Sie sie lesen können und ob Platz für temporäre Dateien ist. Wenn ein Import läuft, warten Sie, bis er fertig ist. Prüfen Sie dann noch einmal.',
  }),
  'store-newer': () => ({
    happened:
      'Eine neuere Version dieser App hat diese Kontakte gespeichert. Diese Version kann sie nur anzeigen.',
    next: 'Aktualisieren Sie die App, und versuchen Sie es dann noch einmal.',
  }),
  'store-linked': () => ({
    happened:
      'Die Datei hat einen zweiten Namen (einen Hardlink). Sie unter beiden Namen zu benutzen würde sie beschädigen.',
    next: 'Löschen Sie den zweiten Namen. Wenn Sie ihn nicht finden, kopieren Sie die Datei und ersetzen Sie sie durch die Kopie.',
  }),
  'store-untrusted': ({ files = [] }) => ({
    happened: `Dateien gehören einem anderen Benutzer und liegen in einem Ordner, in den andere schreiben können: ${files.join(', ')}. Sie werden nicht benutzt, weil jemand anders sie dort abgelegt haben könnte.`,
    next: 'Speichern Sie die Kontakte in einem Ordner, in den nur Sie schreiben können.',
  }),
  'file-damaged': (_, steps) => ({
    happened: 'Die Datei ist beschädigt: Teile von ihr haben sich geändert, seit sie geschrieben wurden.',
    next: replace(steps),
  }),
  'events-damaged': (_, steps) => ({
    happened:
      'Die aufgezeichneten Ereignisse, aus denen die Liste entsteht, sind beschädigt. Deshalb können die Kontakte nicht angezeigt werden.',
    next: replace(steps),
  }),
  'list-damaged': (_, steps) => ({
    happened:
      'Einige Kontakte sind nicht mehr lesbar. Deshalb wird die Liste nicht angezeigt: Sie wäre unvollständig.',
    next: replace(steps),
  }),
  'list-only-saved': (_, steps) => ({
    happened:
      'Die Kontakte sind nur noch aus einer gespeicherten Kopie lesbar, weil die Ereignisse beschädigt sind, aus denen sie entstand.',
    next: `Um das zu reparieren, ${steps.refresh}.`,
  }),
  'list-locked': () => ({
    happened:
      'Die Kontakte sind verschlüsselt, und der Schlüsselbund, in dem ihr Schlüssel liegt, antwortet nicht.',
    next: 'Entsperren Sie den Schlüsselbund dieses Geräts, und öffnen Sie die App dann noch einmal.',
  }),
  'list-key-lost': (_, steps) => ({
    happened: 'Die Kontakte sind verschlüsselt und nicht mehr lesbar, weil ihr Schlüssel fehlt.',
    next: `Um sie noch einmal zu importieren, ${steps.restart}.`,
  }),
  'payloads-damaged': ({ count = 1 }) => ({
    happened: `Gespeicherte Daten früherer Importe sind beschädigt (${counted(count, 'Seite', 'Seiten')}). Ihre Kontakte sind nicht betroffen.`,
    next: 'Sie müssen nichts tun.',
  }),
  'saved-view-damaged': (_, steps) => ({
    happened:
      'Die gespeicherte Kopie der Listen ist beschädigt. Die App benutzt sie nur, um schneller zu öffnen.',
    next: `Um sie zu ersetzen, ${steps.refresh}.`,
  }),
  'list-may-be-older': (_, steps) => ({
    happened:
      'Die letzten Änderungen an der Datei waren beschädigt und sind verloren. Die Liste kann also veraltet sein.',
    next: `Um sie auf den neuesten Stand zu bringen, ${steps.refresh}. Wenn die Kontakte fehlen, ${steps.restart}.`,
  }),
  'erasure-unfinished': () => ({
    happened:
      'Eine Abmeldung wurde unterbrochen. Teile der Kontakte können also noch auf der Festplatte sein.',
    next: 'Öffnen Sie die App noch einmal. Sie schließt die Abmeldung dann ab.',
  }),
  'attempt-abandoned': (_, steps) => ({
    happened: 'Ein Import endete, weil die App geschlossen wurde.',
    next: `Um neu zu beginnen, ${steps.restart}.`,
  }),
  'tokens-without-account': ({ files = [] }, steps) => ({
    happened: `Anmeldetoken sind noch gespeichert, obwohl kein Konto verknüpft ist: ${files.join(', ')}.`,
    next: `Um sie zu entfernen, ${steps.signOut}.`,
  }),
  'leftover-files': ({ files = [] }, steps) => ({
    happened: `Ein Programm, das beendet wurde, hat temporäre Dateien hinterlassen, die Token enthalten können: ${files.join(', ')}.`,
    next: `Löschen Sie sie. Auch die nächste Abmeldung löscht sie (${steps.signOut}).`,
  }),
  'permissions-wide': ({ files = [] }) => ({
    happened: `Andere Benutzer dieses Geräts können Ihre Dateien vielleicht lesen oder ändern: ${files.join(', ')}.`,
    next: 'Lassen Sie nur sich selbst lesen und schreiben, etwa mit "chmod 600".',
  }),
  'permissions-narrowed': ({ files = [] }) => ({
    happened: `Andere Benutzer dieses Geräts konnten Ihre Dateien lesen oder ändern: ${files.join(', ')}. Jetzt können das nur noch Sie.`,
    next: 'Sie müssen nichts tun. Aber jemand kann Ihre Kontakte vorher gelesen haben.',
  }),
  'owned-by-another': ({ files = [] }) => ({
    happened: `Diese Dateien gehören einem anderen Benutzer dieses Geräts, der Ihre Kontakte lesen kann: ${files.join(', ')}.`,
    next: 'Wenn Sie das nicht möchten, speichern Sie die Kontakte in einer eigenen Datei.',
  }),
})

const replace = ({ signOut, signIn }: Steps): string =>
  `Stellen Sie die Datei aus einer Sicherung wieder her. Oder löschen Sie sie und importieren Sie noch einmal: Zuerst ${signOut}, dann ${signIn}. Ihre Kontakte sind noch in Ihrem Konto.`
