import type { Messages } from '../catalogue.ts'
import type { DeFormat } from './de-format.ts'

const otherSource = { microsoft365: 'outlook', outlook: 'microsoft365', google: 'google' } as const

const leaveFirst = {
  microsoft365: 'melden Sie sich zuerst bei Microsoft 365 ab',
  google: 'melden Sie sich zuerst bei Google Kontakte ab',
  outlook: 'entfernen Sie zuerst die Kontakte der Outlook-App',
} as const

/** Why a command was refused, in German. */
export const deRefusals = ({ name, Name }: DeFormat): Messages['refusals'] => ({
  'already-running': (s) => ({
    happened: `Ein Import von ${name(s)} läuft bereits.`,
    next: `Warten Sie, bis er fertig ist. Um ihn anzuhalten, ${s.steps.cancel}.`,
  }),
  'running-elsewhere': (s) => ({
    happened: `Ein anderes Fenster oder Programm auf diesem Gerät importiert gerade Kontakte von ${name(s)}.`,
    next: `Warten Sie, bis es fertig ist. Um es anzuhalten, ${s.steps.cancel}.`,
  }),
  'nothing-running': () => ({
    happened: 'Es läuft kein Import.',
    next: 'Es gibt nichts abzubrechen.',
  }),
  'already-linked': (s) => ({
    happened: `${Name(s)} ist bereits verknüpft, und die Kontakte sind auf diesem Gerät.`,
    next: `Um sie zu aktualisieren, ${s.steps.refresh}.`,
  }),
  'restart-first': (s) => ({
    happened: `Der letzte Import von ${name(s)} wurde nicht fertig.`,
    next: `Um neu zu beginnen, ${s.steps.restart}.`,
  }),
  'nothing-to-restart': (s) => ({
    happened: `Von ${name(s)} wurde noch nichts importiert.`,
    next: `Um zu beginnen, ${s.steps.signIn}.`,
  }),
  'nothing-to-refresh': (s) => ({
    happened: `Auf diesem Gerät sind noch keine Kontakte von ${name(s)}.`,
    next: `Um zu beginnen, ${s.steps.signIn}. Wenn der letzte Import nicht fertig wurde, ${s.steps.restart}.`,
  }),
  'nothing-held': () => ({
    happened: 'Keine Entfernung wartet auf Ihre Zustimmung.',
    next: 'Es gibt nichts zuzustimmen.',
  }),
  'nothing-linked': (s) => ({
    happened: `Kein Konto von ${name(s)} ist verknüpft, und von einem früheren Konto ist auf diesem Gerät nichts übrig.`,
    next: `Um zu beginnen, ${s.steps.signIn}.`,
  }),
  'other-microsoft-source': (s) => {
    const other = name({ ...s, source: otherSource[s.source] })
    return {
      happened: `Ihre Kontakte kommen bereits von ${other}. Sie auch von ${name(s)} zu importieren würde sie verdoppeln.`,
      next: `Um zu wechseln, ${leaveFirst[otherSource[s.source]]} (${s.otherSignOut ?? s.steps.signOut}), dann ${s.steps.signIn}.`,
    }
  },
  'store-is-newer': () => ({
    happened:
      'Eine neuere Version dieser App hat diese Kontakte gespeichert. Diese Version kann sie nur anzeigen.',
    next: 'Aktualisieren Sie die App, und versuchen Sie es dann noch einmal.',
  }),
  'storage-locked': () => ({
    happened:
      'Ihre Kontakte sind verschlüsselt, und der Schlüsselbund, in dem ihr Schlüssel liegt, antwortet nicht.',
    next: 'Entsperren Sie den Schlüsselbund dieses Geräts, und öffnen Sie die App dann noch einmal.',
  }),
  'storage-key-lost': (s) => ({
    happened:
      'Die Kontakte auf diesem Gerät sind verschlüsselt und nicht mehr lesbar, weil ihr Schlüssel fehlt.',
    next: `Um sie noch einmal zu importieren, ${s.steps.restart}.`,
  }),
  'contact-gone': () => ({
    happened: 'Einer dieser Kontakte ist nicht mehr auf diesem Gerät.',
    next: 'Sehen Sie Ihre Kontakte noch einmal an: Sie haben sich inzwischen geändert.',
  }),
  'one-source': (s) => ({
    happened: `Beide Kontakte kommen aus ${name(s)} und sind dort getrennt.`,
    next: 'Um einen Kontakt daraus zu machen, führen Sie sie dort zusammen, und aktualisieren Sie dann.',
  }),
})
