import type { ListLabels } from '../labels/list-labels.ts'
import type { DeFormat } from './de-format.ts'

export const deListLabels = ({ number, counted, contacts, companies }: DeFormat): ListLabels => ({
  heading: 'Meine Kontakte',
  steps: {
    signIn: 'drücken Sie in den Einstellungen „Anmelden“',
    restart: 'drücken Sie in den Einstellungen „Neu starten“',
    refresh: 'drücken Sie in den Einstellungen „Aktualisieren“',
    cancel: 'drücken Sie in den Einstellungen „Abbrechen“',
    approveRemoval: 'drücken Sie in den Einstellungen „Entfernen“',
    signOut: 'drücken Sie in den Einstellungen „Abmelden“',
  },
  search: 'Kontakte durchsuchen',
  clearSearch: 'Suche löschen',
  results: (count, isAll) =>
    isAll ? counted(count, 'Treffer', 'Treffer') : `Die ${number(count)} besten Treffer`,
  resultsSoFar: (count) => `Bisher ${counted(count, 'Treffer', 'Treffer')}`,
  soFar: (count) => `Bisher ${contacts(count)}. Weitere sind unterwegs.`,
  empty: {
    loading: { happened: 'Ihre Kontakte werden geladen', next: '' },
    'not-connected': {
      happened: 'Noch keine Kontakte',
      next: 'Verknüpfen Sie in den Einstellungen ein Konto, dann erscheinen Ihre Kontakte hier.',
    },
    'signing-in': {
      happened: 'Ihre Anmeldung steht noch aus',
      next: 'Schließen Sie die Anmeldung im anderen Tab ab. Ihre Kontakte erscheinen hier, sobald sie eintreffen.',
    },
    incoming: {
      happened: 'Ihre Kontakte sind unterwegs',
      next: 'Sie erscheinen hier, sobald sie eintreffen. Die Einstellungen zeigen, wie weit der Import ist.',
    },
    'no-contacts': {
      happened: 'Ihr Konto hat keine Kontakte',
      next: 'Der Import ist gelungen, hat aber nichts gefunden. Kontakte, die Sie Ihrem Konto hinzufügen, erscheinen hier nach der nächsten Aktualisierung.',
    },
    locked: { happened: 'Ihre Kontakte sind gesperrt', next: '' },
    lost: { happened: 'Ihre Kontakte sind nicht mehr lesbar', next: '' },
    cancelled: {
      happened: 'Der Import wurde abgebrochen',
      next: 'Nichts wurde importiert. In den Einstellungen können Sie neu beginnen.',
    },
    'no-permission': { happened: 'Keine Erlaubnis, Ihre Kontakte zu lesen', next: '' },
    offline: { happened: 'Keine Verbindung', next: '' },
    failed: { happened: 'Der Import ist nicht gelungen', next: '' },
    'no-hit': {
      happened: 'Kein Kontakt gefunden',
      next: 'Versuchen Sie es mit weniger Buchstaben oder mit einem Teil einer Firma, einer E-Mail-Adresse oder einer Nummer.',
    },
    'no-hit-yet': { happened: 'Bisher kein Kontakt gefunden', next: 'Weitere Kontakte sind unterwegs.' },
    'search-failed': {
      happened: 'Die Suche ist nicht gelungen',
      next: 'Ändern Sie Ihre Eingabe, um noch einmal zu suchen.',
    },
  },
  openSettings: 'Einstellungen öffnen',
  letters: 'Zu einem Buchstaben gehen',
  noName: 'Kein Name',
  incomplete: 'Unvollständig',
  badges: companies,
  call: (value) => `${value} anrufen`,
  choose: 'Wählen Sie einen Kontakt, um die Einzelheiten zu sehen.',
  card: 'Kontakt',
  back: 'Zurück zur Liste',
  close: 'Kontakt schließen',
})
