import { COUNT_LIMIT } from '../../../domain/limit.ts'
import type { Messages, Situation } from '../../catalogue.ts'
import { again, deConnectionFailures } from './de-connection-failures.ts'
import { deFileFailures } from './de-file-failures.ts'
import type { DeFormat } from '../de-format.ts'
import { deStorageFailures } from './de-storage-failures.ts'

/** Microsoft often does not tell the app that a missing approval stopped the person. */
const approvalFirst =
  'Wenn auf der Seite stand, dass ein Administrator diese App genehmigen muss, fragen Sie zuerst Ihren Administrator.'

/** Why an attempt failed, in German. */
export const deFailures = (format: DeFormat): Messages['failures'] => {
  const { agree, name, Name, company, number, contactsDative, time } = format
  const later = (situation: Situation): string =>
    situation.retryAt === undefined
      ? `Warten Sie einige Minuten, dann ${again(situation)}.`
      : `Nach ${time(situation.retryAt)} ${again(situation)}.`

  return {
    ...deConnectionFailures(format),
    ...deFileFailures(format),
    ...deStorageFailures,
    'consent-declined': (s) => ({
      happened: `Die Erlaubnis, Ihre Kontakte bei ${name(s)} zu lesen, wurde abgelehnt. Deshalb wurde nichts importiert.`,
      next: `Um Ihre Kontakte zu ${s.onDevice ? 'aktualisieren' : 'importieren'}, ${s.steps.restart} und ${agree(s.source, 'auf der Anmeldeseite ')}. ${approvalFirst}`,
    }),
    'consent-timed-out': (s) => ({
      happened: 'Die Anmeldung hat zu lange gedauert. Deshalb wurde nichts importiert.',
      next: `Wenn Sie so weit sind, ${s.steps.restart} und schließen Sie die Anmeldung im Browser ab. ${approvalFirst}`,
    }),
    'popup-blocked': (s) => ({
      happened: 'Ihr Browser hat die Anmeldeseite blockiert.',
      next: `Erlauben Sie Pop-up-Fenster für diese App in Ihrem Browser, dann ${s.steps.restart}.`,
    }),
    'loopback-unavailable': (s) => ({
      happened:
        'Diese App kann die Antwort der Anmeldeseite auf diesem Gerät nicht empfangen (localhost). Deshalb hat sie die Seite nicht geöffnet.',
      next:
        s.steps.restartWithCode === undefined
          ? `Finden Sie heraus, was sie daran hindert: Sicherheitssoftware, ein Container oder eine Grenze für offene Dateien. Dann ${s.steps.restart}.`
          : `Um sich stattdessen mit einem Code anzumelden, ${s.steps.restartWithCode}. Oder finden Sie heraus, was sie daran hindert (Sicherheitssoftware, ein Container oder eine Grenze für offene Dateien), dann ${s.steps.restart}.`,
    }),
    'admin-approval-needed': (s) => ({
      happened:
        'In Ihrer Organisation muss ein Administrator diese App genehmigen, bevor sie Kontakte lesen kann.',
      next: `Bitten Sie Ihren Administrator um die Genehmigung, dann ${s.steps.restart}.`,
    }),
    'sign-in-blocked': (s) => ({
      happened: `${company(s)} hat diese Anmeldung blockiert, wegen einer Regel Ihrer Organisation oder eines Problems mit Ihrem Konto.`,
      next: `Fragen Sie Ihren Administrator, was Sie brauchen, etwa einen zweiten Nachweis Ihrer Identität oder ein Gerät, das Ihre Organisation verwaltet. Dann ${s.steps.restart}.`,
    }),
    'app-misconfigured': (s) => ({
      happened: `Diese App ist für die Anmeldung bei ${name(s)} nicht richtig eingerichtet.`,
      next: `Bitten Sie den Entwickler der App, ihre Client-ID, ihre Umleitungs-URI (http://localhost) und ihre Berechtigung zum Lesen von Kontakten zu prüfen. Dann ${s.steps.restart}.`,
    }),
    'permission-missing': (s) =>
      s.accessTokenFile
        ? {
            happened: 'Das Zugriffstoken in Ihrer Tokendatei erlaubt nicht, Kontakte zu lesen.',
            next: `Legen Sie ein Token mit der Berechtigung Contacts.Read in die Datei, dann ${s.steps.restart}.`,
          }
        : {
            happened: 'Sie sind angemeldet, aber diese App darf Ihre Kontakte nicht lesen.',
            next:
              s.source === 'google'
                ? `Um es zu erlauben, ${s.steps.restart} und setzen Sie auf der Anmeldeseite das Häkchen bei Ihren Kontakten.`
                : `Bitten Sie Ihren Administrator, dieser App das Lesen von Kontakten zu erlauben (Contacts.Read), dann ${s.steps.restart}.`,
          },
    'permission-removed': (s) =>
      s.accessTokenFile
        ? {
            happened: 'Das Zugriffstoken in Ihrer Tokendatei erlaubt nicht mehr, Kontakte zu lesen.',
            next: `Legen Sie ein Token mit der Berechtigung Contacts.Read in die Datei, dann ${again(s)}.`,
          }
        : {
            happened: 'Diese App darf Ihre Kontakte nicht mehr lesen.',
            next: `Um es wieder zu erlauben, ${s.steps.restart} und ${agree(s.source, 'auf der Anmeldeseite ')}.`,
          },
    'sign-in-expired': (s) =>
      s.accessTokenFile
        ? {
            happened: 'Das Zugriffstoken in Ihrer Tokendatei ist abgelaufen oder ungültig.',
            next: `Legen Sie ein neues Token in die Datei, dann ${again(s)}.`,
          }
        : {
            happened: `Ihre Anmeldung bei ${name(s)} ist abgelaufen.`,
            next: `Um sich wieder anzumelden, ${s.steps.restart}.`,
          },
    'different-account': (s) => ({
      happened: s.accessTokenFile
        ? 'Das Zugriffstoken in Ihrer Tokendatei gehört zu einem anderen Konto als die Kontakte auf diesem Gerät.'
        : s.onDevice
          ? 'Die Kontakte auf diesem Gerät gehören zu einem anderen Konto als dem, mit dem Sie sich angemeldet haben.'
          : 'Das Konto, mit dem Sie sich angemeldet haben, kann hier nicht benutzt werden. Vielleicht gehört es zu einer anderen Organisation, oder es ist ein persönliches Konto, wo ein Geschäfts-, Schul- oder Unikonto nötig ist.',
      next:
        s.accessTokenFile || s.onDevice
          ? `Um beim Konto dieser Kontakte zu bleiben, ${s.accessTokenFile ? `legen Sie ein Token dieses Kontos in die Datei, dann ${again(s)}` : `${s.steps.restart} und wählen Sie dieses Konto`}. Um das Konto zu wechseln, ${s.steps.signOut}, dann ${s.steps.signIn}.`
          : `Um ein anderes Konto zu wählen, ${s.steps.restart}. Wenn dieses Gerät vorher mit einem anderen Konto benutzt wurde, ${s.steps.signOut}, dann ${s.steps.signIn}.`,
    }),
    'no-mailbox': (s) => ({
      happened: `Zu diesem Konto gehört kein Postfach bei ${company(s)}. Deshalb gibt es keine Kontakte zu lesen.`,
      next: `Wenn Sie ein anderes Konto haben, ${s.steps.restart} und wählen Sie jenes. Wenn dieses Konto ein Postfach haben sollte, fragen Sie Ihren Administrator.`,
    }),
    'too-many-contacts': (s) => ({
      happened: `${Name(s)} meldet mehr als ${number(COUNT_LIMIT)} Kontakte. So viele können nicht importiert werden, deshalb wurde nichts importiert.`,
      next: `Kein Postfach enthält so viele, die Zahl muss also falsch sein. Sagen Sie es Ihrem Administrator. Wenn sie berichtigt ist, ${again(s)}.`,
    }),
    'removal-held': (s) => ({
      happened: s.held
        ? `Diese Aktualisierung wartet auf Ihre Zustimmung, denn sie würde ${number(s.held.removes)} von ${contactsDative(s.held.of)} entfernen. Nichts wurde entfernt.`
        : 'Diese Aktualisierung wartet auf Ihre Zustimmung, denn sie würde viele Ihrer Kontakte entfernen. Nichts wurde entfernt.',
      next: `Um sie zu entfernen, ${s.steps.approveRemoval}. Um sie zu behalten, müssen Sie nichts tun. Um später noch einmal nachzusehen, ${s.steps.refresh}.`,
    }),
    throttled: (s) => ({
      happened: `${company(s)} ist überlastet und bittet diese App, es später wieder zu versuchen.`,
      next: later(s),
    }),
    'service-unavailable': (s) =>
      s.isUnanswered
        ? {
            happened: `${Name(s)} hat nicht geantwortet. Entweder gibt es dort ein Problem, oder etwas in Ihrem Netz hat stattdessen geantwortet, etwa die Anmeldeseite eines WLANs.`,
            next: `Öffnen Sie eine beliebige Webseite, um zu sehen, ob Ihr Netz eine Anmeldung verlangt, dann ${again(s)}. Wenn nicht, warten Sie vorher einige Minuten.`,
          }
        : {
            happened: `${Name(s)} hat zurzeit ein Problem und hat nicht richtig geantwortet.`,
            next: later(s),
          },
    'bad-answer': (s) => ({
      happened: `Die Antwort kam nicht von ${name(s)}. Vielleicht kam sie von etwas anderem, etwa von der Anmeldeseite eines WLANs.`,
      next: `Öffnen Sie eine beliebige Webseite, um zu sehen, ob Ihr Netz eine Anmeldung verlangt, dann ${again(s)}.`,
    }),
    interrupted: (s) => ({
      happened: 'Der letzte Import endete, weil die App geschlossen wurde.',
      next: `Um neu zu beginnen, ${again(s)}.`,
    }),
    internal: (s) => ({
      happened: 'In dieser App ist ein Fehler aufgetreten.',
      next: `Um es noch einmal zu versuchen, ${again(s)}. Wenn es wieder geschieht, melden Sie es bitte.`,
    }),
  }
}
