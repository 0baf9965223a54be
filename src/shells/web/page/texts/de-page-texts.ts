import type { PageTexts } from '../page-texts.ts'

export const dePageTexts: PageTexts = {
  language: 'de',
  appName: 'Device Contacts',
  navigation: 'Hauptmenü',
  contacts: 'Kontakte',
  myContacts: 'Meine Kontakte',
  settings: 'Einstellungen',
  settingsPath: 'Einstellungen › Kontakte',
  call: 'Anruf',
  incomingCall: 'Eingehender Anruf',
  inside: 'Innen',
  whatHappensInside: 'Was im Inneren geschieht',
  callHeading: 'Einen Anruf ausprobieren',
  callHelp: 'Geben Sie eine Nummer ein, und sehen Sie, wer anruft. Es wird nichts gewählt.',
  number: 'Telefonnummer',
  ring: 'Klingeln lassen',
  hangUp: 'Auflegen',
  someOfYours: 'Oder lassen Sie einen Ihrer Kontakte anrufen:',
  needsYou: 'braucht Ihre Aufmerksamkeit',
  isRunning: 'ein Import läuft',
  starting: 'Ihre Kontakte werden geöffnet …',
  lost: 'Die Verbindung zum Programm ist unterbrochen. Die Seite verbindet sich von selbst wieder.',
  incomplete:
    'Ein Teil dieser Seite konnte nicht geladen werden. Prüfen Sie Ihre Verbindung, und laden Sie die Seite neu.',
  ended: [
    'Das Programm ist beendet.',
    'Ihre Kontakte sind noch auf diesem Gerät. Um sie zu sehen, starten Sie denselben Befehl noch einmal.',
  ],
  refused: [
    'Diese Seite gehört zu einem anderen Fenster.',
    'Zu Ihrer Sicherheit öffnet jeder Start des Programms seine Seite nur in einem Browser. Starten Sie denselben Befehl noch einmal.',
  ],
  deleteStored: 'Gespeicherte Daten löschen',
  deleteLater:
    'Ein anderer Tab importiert gerade. Schließen Sie die anderen Tabs dieser Seite, und versuchen Sie es noch einmal.',
  reload: 'Seite neu laden',
}
