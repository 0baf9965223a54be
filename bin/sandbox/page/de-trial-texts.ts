import type { TrialTexts } from './trial-texts.ts'

export const deTrialTexts: TrialTexts = {
  entry: 'Testen',
  heading: 'Ausprobieren, was schiefgeht',
  intro:
    'Importieren Sie zuerst Kontakte. Drücken Sie dann hier einen Knopf, tun Sie, was dort steht, und schauen Sie in die Einstellungen und in die Kontakte. Es kann nichts kaputtgehen: Alle Personen in diesem Postfach sind erfunden.',
  groups: {
    mailbox: 'Das Postfach ändert sich',
    service: 'Microsoft hat Schwierigkeiten',
    signIn: 'Der Zugriff endet',
    google: 'Google',
    hints: 'Ohne Knopf',
  },
  trials: {
    more: {
      title: '5 Kontakte hinzufügen',
      then: 'Drücken Sie „Aktualisieren“: fünf neue Kontakte, und sonst wird nichts gelesen.',
    },
    edited: {
      title: 'Einige Kontakte ändern',
      then: 'Drücken Sie „Aktualisieren“: Sie erfahren, was neu, geändert und entfernt ist.',
    },
    halved: {
      title: 'Die Hälfte des Postfachs löschen',
      then: 'Drücken Sie „Aktualisieren“: So viel wird nicht ungefragt entfernt. Sie werden mit den Namen gefragt.',
    },
    emptied: {
      title: 'Alles löschen',
      then: 'Drücken Sie „Aktualisieren“: Die Liste auf dem Gerät bleibt, bis Sie zustimmen.',
    },
    refilled: {
      title: 'Wie am Anfang füllen',
      then: 'Drücken Sie „Aktualisieren“: Es sind wieder so viele Kontakte da wie beim Start der Sandbox.',
    },
    capped: {
      title: 'Mit 12.345 Kontakten füllen',
      then: 'Drücken Sie „Aktualisieren“: 10.000 sind auf dem Gerät, und die Seite sagt, dass es mehr gibt.',
    },
    throttled: {
      title: 'Um 30 Sekunden Geduld bitten',
      then: 'Drücken Sie „Aktualisieren“: Die Wartezeit zählt herunter, und Sie können abbrechen. Auch die nächste Aktualisierung hält sie ein.',
    },
    slow: {
      title: 'Langsam antworten',
      then: 'Drücken Sie „Aktualisieren“, oder melden Sie sich ab und importieren Sie: Sehen Sie den Fortschritt, und brechen Sie ab.',
    },
    down: {
      title: 'Außer Betrieb sein',
      then: 'Drücken Sie „Aktualisieren“: Es wird zwei Minuten lang wiederholt, oder bis Sie abbrechen. Drücken Sie währenddessen „Zurück zum Normalbetrieb“, so geht es weiter; sonst schlägt es fehl, und die Liste bleibt.',
    },
    unstable: {
      title: 'Drei Verbindungen verlieren',
      then: 'Drücken Sie „Aktualisieren“: Drei Antworten brechen ab. Die Seite sagt es, wartet jedes Mal etwas länger und macht von selbst weiter.',
    },
    portal: {
      title: 'Eine Seite des Hotels zeigen',
      then: 'Drücken Sie „Aktualisieren“: Statt Microsoft antwortet etwas anderes, und nichts davon wird geglaubt. Eine Seite erfährt nicht, was es war: Sie versucht es zwei Minuten lang, dann nennt sie beide Möglichkeiten.',
    },
    malformed: {
      title: 'Kontakte ohne Kennung senden',
      then: 'Melden Sie sich ab und importieren Sie: Die anderen kommen an, und die ausgelassenen stehen mit dem Grund in einer Liste.',
    },
    revoked: {
      title: 'Den Zugriff entziehen',
      then: 'Drücken Sie „Aktualisieren“: Sie sollen sich neu anmelden. Die Liste bleibt.',
    },
    expired: {
      title: 'Die Anmeldung von heute beenden',
      then: 'Drücken Sie „Aktualisieren“: In Browsern ist täglich eine Anmeldung nötig. Sind Sie noch angemeldet, schließt sich der Tab von selbst.',
    },
    admin: {
      title: 'Einen Administrator verlangen',
      then: 'Drücken Sie „Aktualisieren“, und melden Sie sich neu an: Die Seite hat einen Text für Ihren Administrator. Tomás ist einer.',
    },
    withheld: {
      title: 'Die Berechtigung weglassen',
      then: 'Drücken Sie „Aktualisieren“, und melden Sie sich neu an: Ohne die Berechtigung, Kontakte zu lesen, wird nichts importiert.',
    },
    googleExpired: {
      title: 'Google: das Sync-Token ablaufen lassen',
      then: 'Drücken Sie „Aktualisieren“ auf der Karte von Google: Alles wird noch einmal gelesen, und die Liste bleibt solange.',
    },
    googleRemoved: {
      title: 'Google: die Berechtigung entziehen',
      then: 'Wie im Google-Konto. Drücken Sie „Aktualisieren“: Sie sollen sich neu anmelden. Die Liste bleibt.',
    },
    policy: {
      title: 'Dieses Gerät verbieten',
      then: 'Melden Sie sich ab und wieder an: Eine Regel der Firma lehnt es ab, und die Seite sagt, wer helfen kann.',
    },
  },
  hints: {
    offline: {
      title: 'Kein Netz',
      then: 'Schalten Sie den Browser offline (Entwicklerwerkzeuge, Netzwerk), und drücken Sie „Aktualisieren“: Es wartet auf das Netz und sagt das.',
    },
    decline: {
      title: 'Nein sagen',
      then: 'Melden Sie sich an, und drücken Sie auf der Anmeldeseite Cancel.',
    },
    otherAccount: {
      title: 'Ein anderes Konto',
      then: 'Melden Sie sich ab und wieder an: mit Yuki, die kein Postfach hat, oder mit Sam und einem persönlichen Konto.',
    },
    closedTab: {
      title: 'Den Anmelde-Tab schließen',
      then: 'Die Seite bietet an, ihn wieder zu öffnen. Oder schließen Sie diesen Tab während eines Imports, und öffnen Sie ihn wieder.',
    },
    twoTabs: {
      title: 'Zwei Tabs',
      then: 'Öffnen Sie diese Seite zweimal, und importieren Sie in einem Tab: Der andere zeigt es gleichzeitig.',
    },
    file: {
      title: 'Eine Datei der Outlook-App',
      then: 'Speichern Sie die Tabelle, wählen Sie sie in den Einstellungen, ändern Sie sie mit einem Editor, und drücken Sie dort „Aktualisieren“.',
    },
  },
  download: 'contacts.csv speichern',
  make: 'Ausführen',
  set: 'Einstellen',
  isSet: 'Eingestellt',
  openSettings: 'Einstellungen öffnen',
  normal: 'Zurück zum Normalbetrieb',
  isNormal: 'Alles arbeitet wie gewohnt.',
  failed: 'Die Sandbox antwortet nicht. Starten Sie sie wieder: npm run web',
  contacts: (count) => `Das Postfach hat ${new Intl.NumberFormat('de').format(count)} Kontakte.`,
}
