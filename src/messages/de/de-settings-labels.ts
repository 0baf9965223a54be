import { CONTACT_LIMIT } from '../../domain/limit.ts'
import type { SettingsLabels } from '../labels/settings-labels.ts'
import type { DeFormat } from './de-format.ts'

/** Around a name of any script, so that it does not reorder the sentence (Unicode UAX 9, isolates). */
const isolated = (name: string): string => `„\u2068${name}\u2069“`

export const deSettingsLabels = ({
  agree,
  companies,
  name,
  number,
  counted,
  contacts,
  contactsDative,
}: DeFormat): SettingsLabels => {
  const steps = {
    signIn: 'drücken Sie „Anmelden“',
    restart: 'drücken Sie „Neu starten“',
    refresh: 'drücken Sie „Aktualisieren“',
    cancel: 'drücken Sie „Abbrechen“',
    approveRemoval: 'drücken Sie „Entfernen“',
    signOut: 'drücken Sie „Abmelden“',
  }
  const from = (source: keyof DeFormat['sources']): string => name({ source, steps })
  return {
    heading: 'Kontakte',
    intro:
      'Holen Sie Ihre Kontakte auf dieses Gerät, um sie auch ohne Netz zu finden und zu sehen, wer anruft. In Ihren Konten wird nie etwas geändert.',
    opening: 'Ihre Kontakte werden geöffnet…',
    steps,
    commands: {
      signIn: 'Anmelden',
      restart: 'Neu starten',
      refresh: 'Aktualisieren',
      cancel: 'Abbrechen',
      approveRemoval: 'Entfernen',
      signOut: 'Abmelden',
    },
    hints: {
      restart: 'Meldet Sie neu an und liest alles von vorn. Bis dahin bleibt Ihre Liste, wie sie ist.',
    },
    marks: {
      waitingForYou: 'Wartet auf Sie',
      importing: 'Wird importiert',
      updating: 'Wird aktualisiert',
      upToDate: 'Aktuell',
      old: 'Vielleicht veraltet',
      attention: 'Braucht Aufmerksamkeit',
      question: 'Braucht Ihre Antwort',
      stopped: 'Angehalten',
      unreadable: 'Nicht lesbar',
    },
    about: {
      microsoft365:
        'Die Kontakte Ihres Geschäfts-, Schul- oder Unikontos, aus allen Ordnern Ihres Postfachs.',
      google: 'Die Kontakte Ihres Google-Kontos.',
      outlook: 'Kontakte, die Sie aus der Outlook-App exportiert haben.',
    },
    signInWith: {
      microsoft365: 'Anmelden mit Microsoft',
      google: 'Anmelden mit Google',
      outlook: 'Anmelden mit Outlook',
    },
    signInDemo: {
      microsoft365: 'Anmelden mit einem erfundenen Konto',
      google: 'Anmelden mit einem erfundenen Google-Konto',
      outlook: 'Anmelden mit einem erfundenen Outlook',
    },
    file: {
      steps: {
        signIn: 'drücken Sie „Datei wählen“',
        restart: 'drücken Sie „Datei neu wählen“',
        signOut: 'drücken Sie „Kontakte entfernen“',
      },
      commands: {
        signIn: 'Datei wählen',
        restart: 'Datei neu wählen',
        signOut: 'Kontakte entfernen',
      },
      restartHint:
        'Liest die Datei, die Sie wählen, dieselbe oder eine andere. Bis dahin bleibt Ihre Liste, wie sie ist. Sie können sie auch auf diese Karte ziehen.',
      formats:
        'Wählen Sie eine Tabelle (.csv) oder vCards (.vcf), oder ziehen Sie sie oder ihren Ordner hierher. Sie bleiben auf diesem Gerät.',
      opening: 'Die Datei wird geöffnet',
      openingHint: 'Der Import beginnt dann von selbst.',
      question: 'Kontakte der Outlook-App entfernen?',
      goesRecord: 'Die Aufzeichnung früherer Importe',
      staysThere: 'Die Datei und alles in Outlook: Dort wird nichts gelöscht',
      cancel: 'Behalten',
      done: 'Die Kontakte der Outlook-App sind von diesem Gerät entfernt.',
    },
    signInAgain: 'Wieder anmelden',
    refreshAll: 'Alle aktualisieren',
    loadAgain: 'Diese Seite neu laden',
    copy: 'Kopieren',
    copied: 'Kopiert',
    copyFailed: 'Das Kopieren ist nicht gelungen. Markieren Sie den Text und kopieren Sie ihn selbst.',
    copyForAdministrator: 'Für Ihren Administrator kopieren',

    consent: {
      heading: 'Anmeldung abschließen',
      preparing: (source) => `Die Anmeldeseite von ${companies[source]} wird vorbereitet…`,
      offline:
        'Ihr Browser hat keine Verbindung zum Internet. Verbinden Sie dieses Gerät, um die Anmeldeseite zu öffnen.',
      inTab: (source) =>
        `Die Anmeldeseite ist in einem anderen Tab offen. Melden Sie sich dort an und ${agree(source)}. Der Import beginnt dann von selbst.`,
      tabUnknown: (source) =>
        `Die Anmeldeseite wurde in einem anderen Tab geöffnet. Melden Sie sich dort an und ${agree(source)}. Wenn es diesen Tab nicht mehr gibt, öffnen Sie sie wieder.`,
      tabClosed:
        'Der Tab mit der Anmeldeseite wurde geschlossen. Wenn Sie noch nicht fertig sind, öffnen Sie sie wieder.',
      tabBlocked:
        'Ihr Browser hat für die Anmeldeseite keinen neuen Tab geöffnet. Öffnen Sie sie mit einer dieser Schaltflächen.',
      inBrowser: (source) =>
        `Die Anmeldeseite ist in Ihrem Browser offen. Melden Sie sich dort an und ${agree(source)}. Der Import beginnt dann von selbst.`,
      openYourself: (source) =>
        `Öffnen Sie die Anmeldeseite, melden Sie sich dort an und ${agree(source)}. Der Import beginnt dann von selbst.`,
      withCode: 'Öffnen Sie die Anmeldeseite auf einem beliebigen Gerät, und geben Sie diesen Code ein:',
      code: 'Code',
      copyCode: 'Code kopieren',
      openPage: 'Anmeldeseite öffnen',
      openAgain: 'Anmeldeseite wieder öffnen',
      inThisTab: 'In diesem Tab anmelden',
      timeLeft: (time) => `Verbleibende Zeit: ${time}`,
      startOver: 'Von vorn beginnen',
      startOverHint: 'Gibt Ihnen wieder die volle Zeit. Nichts geht verloren.',
      tokensKeptIn: (file) =>
        `Dieses Gerät kann keinen Schlüssel aufbewahren. Deshalb wird die Anmeldung unverschlüsselt in ${isolated(file)} gespeichert.`,
    },

    fetch: {
      importing: (source) => `Ihre Kontakte von ${from(source)} werden importiert`,
      importingHint:
        'Sie können weiterarbeiten. Kontakte erscheinen in „Meine Kontakte“, sobald sie eintreffen.',
      updating: (source) => `Ihre Kontakte von ${from(source)} werden aktualisiert`,
      updatingHint: 'Sie können weiterarbeiten. Ihre Liste bleibt, wie sie ist, bis alles da ist.',
      starting: 'Es geht los…',
      folder: (folder) => `Ordner: ${isolated(folder)}`,
      tryNow: 'Jetzt versuchen',
    },

    updated: (ago) => `${ago.charAt(0).toUpperCase()}${ago.slice(1)} aktualisiert`,
    updatedNow: 'Gerade aktualisiert',
    signedInUntil: (time) => `Angemeldet bis ${time}`,
    accessEnded: (source) =>
      `Ihre Anmeldung bei ${from(source)} ist abgelaufen. Melden Sie sich wieder an, damit die Liste aktuell bleibt.`,
    lastUpdate: ({ added, updated, removed, displaced, skipped }) => {
      const changes = [
        added > 0 && `+${number(added)} neu`,
        updated > 0 && `${number(updated)} geändert`,
        removed > 0 && `${number(removed)} entfernt`,
        displaced > 0 && `${number(displaced)} durch neuere ersetzt`,
        skipped > 0 && `${number(skipped)} übersprungen`,
      ].filter((change) => change !== false)
      return `Letzte Aktualisierung: ${changes.length > 0 ? changes.join(', ') : 'keine Änderungen'}`
    },
    capped: (left, source) =>
      `Dieses Gerät behält höchstens ${number(CONTACT_LIMIT)} Kontakte eines Kontos: die zuletzt geänderten. ${counted(left, 'älterer Kontakt ist', 'ältere Kontakte sind')} nur in ${from(source)}.`,
    skipped: (count) =>
      counted(count, 'Kontakt konnte nicht importiert werden', 'Kontakte konnten nicht importiert werden'),
    skippedIn: (skipped, folder) => `${skipped}, im Ordner ${isolated(folder)}`,
    skippedFile: (skipped, file) => `${skipped}: ${isolated(file)}`,
    lastProblem: (ago, happened) => `Letztes Problem, ${ago}: ${happened}`,

    held: {
      question: (removes, of) => `${number(removes)} von ${contactsDative(of)} entfernen?`,
      gone: (source) =>
        `Sie sind nicht mehr in ${from(source)}. Wenn Sie sie dort nicht gelöscht haben, behalten Sie sie, und fragen Sie, warum sie fehlen.`,
      names: 'Kontakte, die entfernt würden',
      showAll: (count) => `Alle ${number(count)} zeigen`,
      noName: 'Kein Name',
      keep: 'Behalten',
      kept: (count, source) =>
        `Sie behalten ${counted(count, 'Kontakt, der nicht mehr', 'Kontakte, die nicht mehr')} in ${from(source)} ${count === 1 ? 'ist' : 'sind'}. Die nächste Aktualisierung fragt wieder.`,
      look: 'Jetzt entscheiden',
    },

    signOut: {
      question: (source) => `Von ${from(source)} abmelden?`,
      goes: 'Von diesem Gerät entfernt',
      goesContacts: (count, source) =>
        count === 1 ? `Der Kontakt von ${from(source)}` : `Die ${contacts(count)} von ${from(source)}`,
      goesSignIn: 'Ihre Anmeldung und die Aufzeichnung früherer Importe',
      goesDecisions: (count) =>
        count === 1
          ? 'Ihre Entscheidung, ob zwei Kontakte dieselbe Person sind'
          : `Ihre ${number(count)} Entscheidungen, ob zwei Kontakte dieselbe Person sind`,
      stays: 'Bleibt, wie es ist',
      staysThere: (source) => `Alles in ${from(source)}: Dort wird nichts gelöscht`,
      staysHere: 'Die Kontakte Ihrer anderen Konten auf diesem Gerät',
      cancel: 'Angemeldet bleiben',
      done: (source) =>
        `Sie sind von ${from(source)} abgemeldet. Die Kontakte sind von diesem Gerät entfernt.`,
    },
  }
}
