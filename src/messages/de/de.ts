import type { Messages } from '../catalogue.ts'
import { failureFacts } from '../failure-facts.ts'
import { roundUp } from '../round-up.ts'
import { withBrowserStorage } from '../with-browser-storage.ts'
import { deBrowserStorage } from './de-browser-storage.ts'
import { deCallLabels } from './de-call-labels.ts'
import { deCardLabels } from './de-card-labels.ts'
import { deFailures } from './failures/de-failures.ts'
import { deFindings } from './de-findings.ts'
import { deFormat } from './de-format.ts'
import { deInspectorLabels } from './de-inspector-labels.ts'
import { deListLabels } from './de-list-labels.ts'
import { deNotices } from './de-notices.ts'
import { dePeopleLabels } from './de-people-labels.ts'
import { deRefusals } from './de-refusals.ts'
import { deSettingsLabels } from './de-settings-labels.ts'
import { deSignOutLeft } from './de-sign-out-left.ts'

/**
 * The messages in German. `locale`: a German one (`de-AT`), for numbers and times. A step is an instruction that begins with
 * its verb (`drücken Sie „Neu starten“`), since it follows `dann` or a subordinate clause.
 */
export const de = (locale: string): Messages => {
  const format = deFormat(locale)
  const { sources, companies, name, number, counted, contacts, contactsDative, date, time } = format
  return {
    locale,
    settings: deSettingsLabels(format),
    list: deListLabels(format),
    people: dePeopleLabels(format),
    card: deCardLabels,
    call: deCallLabels(format),
    inspector: deInspectorLabels(format),
    sources,
    failures: withBrowserStorage(deFailures(format), deBrowserStorage),
    refusals: deRefusals(format),
    findings: deFindings(format),
    notices: deNotices(format),
    cancelled: (s) =>
      s.refresh
        ? {
            happened: `Die Aktualisierung von ${name(s)} wurde abgebrochen.`,
            next: `Um Ihre Kontakte zu aktualisieren, ${s.refresh.isAllowed ? s.steps.refresh : s.steps.restart}.`,
          }
        : {
            happened: `Der Import von ${name(s)} wurde abgebrochen.`,
            next: s.hasSignedIn
              ? `Um neu zu beginnen, ${s.steps.restart}.`
              : `Wenn Sie die Anmeldung jetzt noch abschließen, wird sie nicht verarbeitet. Um neu zu beginnen, ${s.steps.restart}.`,
          },
    signedOut: (s) => ({
      happened: `Sie haben sich von ${name(s)} abgemeldet, deshalb wurde dieser Import angehalten.`,
      next: `Wenn Sie die Anmeldung jetzt noch abschließen, wird sie nicht verarbeitet. Um von vorn zu beginnen, ${s.steps.signIn}.`,
    }),
    signOutLeft: deSignOutLeft,
    skips: {
      'not-an-object': (count) => counted(count, 'Eintrag war kein Kontakt', 'Einträge waren keine Kontakte'),
      'no-id': (count) => counted(count, 'Kontakt hatte keine ID', 'Kontakte hatten keine ID'),
      'malformed-field': (count) =>
        counted(
          count,
          'Kontakt hatte ein Feld mit einem ungültigen Wert',
          'Kontakte hatten ein Feld mit einem ungültigen Wert',
        ),
      'error-in-place': (count) =>
        counted(
          count,
          'Kontakt war durch eine Fehlermeldung ersetzt',
          'Kontakte waren durch Fehlermeldungen ersetzt',
        ),
      'unusable-id': (count) =>
        counted(
          count,
          'Kontakt hatte eine ID, die nicht benutzt werden kann',
          'Kontakte hatten eine ID, die nicht benutzt werden kann',
        ),
      unreadable: (count) =>
        counted(
          count,
          'Kontakt konnte vom Dienst nicht geliefert werden',
          'Kontakte konnten vom Dienst nicht geliefert werden',
        ),
      'folder-unreadable': (count) =>
        counted(count, 'Ordner konnte nicht gelesen werden', 'Ordner konnten nicht gelesen werden'),
      'too-many-folders': () => 'es gab zu viele Ordner, und einige wurden nicht gelesen',
      'file-unreadable': (count) =>
        counted(count, 'Datei konnte nicht gelesen werden', 'Dateien konnten nicht gelesen werden'),
      'file-unknown-columns': (count) =>
        counted(
          count,
          'Datei hat keine Spalten, die nach Kontakten aussehen',
          'Dateien haben keine Spalten, die nach Kontakten aussehen',
        ),
    },
    incomplete: (count) =>
      counted(
        count,
        'Kontakt hat ein Feld, das nicht vollständig gelesen werden konnte',
        'Kontakte haben Felder, die nicht vollständig gelesen werden konnten',
      ),
    waits: {
      throttled: (source, seconds) => `${companies[source]} bittet um ${number(seconds)} s Geduld`,
      'service-unavailable': (source, seconds) =>
        `Keine richtige Antwort von ${companies[source]}, nächster Versuch in ${number(seconds)} s`,
      offline: (_source, seconds) => `Keine Verbindung, nächster Versuch in ${number(seconds)} s`,
    },
    contacts,
    contactsOf: (count, available) => `${number(count)} von ${contactsDative(available)}`,
    contactsOfAbout: (count, expected) => `${number(count)} von etwa ${contactsDative(roundUp(expected))}`,
    number,
    date,
    time,
    kept: (count, updatedAt) => {
      const since = updatedAt === undefined ? '' : ` seit ${time(updatedAt)}`
      return count === 1
        ? `Der Kontakt auf diesem Gerät ist${since} unverändert.`
        : `Die ${contacts(count)} auf diesem Gerät sind${since} unverändert.`
    },
    keyPlace: (place) => {
      switch (place.kind) {
        case 'key-ring':
          return 'Die Kontakte sind mit einem Schlüssel im Schlüsselbund dieses Geräts verschlüsselt.'
        case 'file':
          return `Die Kontakte sind mit einem Schlüssel in ${place.path} verschlüsselt. Wer den Schlüssel und die Kontakte hat, etwa aus einer Sicherung, kann sie lesen.`
        case 'memory':
          return 'Die Kontakte sind mit einem Schlüssel verschlüsselt, den es nur gibt, bis diese App geschlossen wird.'
      }
    },
    forAdministrator: (details, link) => {
      const facts = failureFacts(details).join(', ')
      const parts = [
        ...(facts === '' ? [] : [`${facts}.`]),
        ...(link === undefined
          ? []
          : [
              `Um diese App für alle zu genehmigen: ${link} (danach kann der Browser localhost nicht öffnen, das ist zu erwarten).`,
            ]),
      ]
      return parts.length > 0 ? `Für Ihren Administrator: ${parts.join(' ')}` : null
    },
  }
}
