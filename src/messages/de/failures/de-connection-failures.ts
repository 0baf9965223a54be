import type { connectionFailureCodes } from '../../../domain/failures.ts'
import type { Messages, Situation } from '../../catalogue.ts'
import type { DeFormat } from '../de-format.ts'

/** With a list on the device, a refresh is the smaller step: it does not ask the person to sign in. */
export const again = ({ steps, onDevice = 0 }: Situation): string =>
  onDevice > 0 ? steps.refresh : steps.restart

type ConnectionFailure = (typeof connectionFailureCodes)[number]

/** A wrong clock can make a valid certificate look expired, or not valid yet. */
const maybeClock = ({ cause = '' }: Situation): string =>
  /EXPIRED|NOT_YET_VALID|DATE_INVALID/.test(cause) ? 'Prüfen Sie Datum und Uhrzeit dieses Geräts. ' : ''

/** Why the service could not be reached, in German. */
export const deConnectionFailures = ({
  name,
  Name,
}: DeFormat): Pick<Messages['failures'], ConnectionFailure> => ({
  offline: (s) => ({
    happened: `${Name(s)} ist nicht erreichbar.`,
    next: `Prüfen Sie Ihre Internetverbindung, dann ${again(s)}.`,
  }),
  'connection-not-secure': (s) => ({
    happened: `Es kam keine sichere Verbindung zu ${name(s)} zustande. Vielleicht hat etwas anderes geantwortet, etwa eine Firewall oder die Anmeldeseite eines WLANs.`,
    next: `Öffnen Sie eine beliebige Webseite, um zu sehen, ob Ihr Netz eine Anmeldung verlangt, dann ${again(s)}. Wenn es wieder geschieht, zeigen Sie dies Ihrem Administrator.`,
  }),
  'certificate-untrusted': (s) => ({
    happened: `Die Verbindung zu ${name(s)} wurde nicht benutzt, weil dieses Gerät dem Zertifikat nicht vertraut, das es bekam. Vielleicht liest etwas im Netz mit, etwa die Firewall Ihrer Organisation.`,
    next: `${maybeClock(s)}Bitten Sie Ihren Administrator um das CA-Zertifikat als PEM-Datei, und setzen Sie die Umgebungsvariable NODE_EXTRA_CA_CERTS auf den Pfad dieser Datei. Dann ${again(s)}.`,
  }),
  'clock-wrong': (s) => ({
    happened: `Datum oder Uhrzeit dieses Geräts ist falsch, deshalb ist keine sichere Verbindung zu ${name(s)} möglich.`,
    next: `Schalten Sie in den Einstellungen des Geräts die automatische Uhrzeit ein, und prüfen Sie die Zeitzone. Dann ${again(s)}.`,
  }),
  'proxy-misconfigured': (s) => ({
    happened: 'Der Proxy, der für dieses Gerät eingestellt ist, kann nicht benutzt werden.',
    next: `Setzen Sie die Umgebungsvariable HTTPS_PROXY auf seine Adresse, etwa http://proxy.example:8080. Schreiben Sie Sonderzeichen eines Passworts als Codes, etwa %23 für #. SOCKS-Proxys werden nicht unterstützt. Dann ${again(s)}.`,
  }),
  'proxy-unreachable': (s) => ({
    happened: 'Der Proxy, der für dieses Gerät eingestellt ist, ist nicht erreichbar.',
    next: `Verbinden Sie sich mit dem Netz, zu dem er gehört, etwa über VPN, oder berichtigen Sie die Umgebungsvariable HTTPS_PROXY. Dann ${again(s)}.`,
  }),
  'proxy-needs-sign-in': (s) => ({
    happened:
      'Der Proxy zwischen diesem Gerät und dem Internet verlangt Benutzername und Passwort, oder er hat die eingestellten abgelehnt.',
    next: `Ergänzen Sie beides in der Umgebungsvariablen HTTPS_PROXY, etwa http://NAME:PASSWORT@proxy.example:8080. Wenn Sie es nicht kennen, fragen Sie Ihren Administrator. Dann ${again(s)}.`,
  }),
  'proxy-refused': (s) => ({
    happened: `Der Proxy zwischen diesem Gerät und dem Internet hat keine Verbindung zu ${name(s)} hergestellt.`,
    next: `Bitten Sie Ihren Administrator, diese Verbindung zu erlauben, dann ${again(s)}.`,
  }),
  'network-sign-in': (s) => ({
    happened: 'Ihr Netz verlangt eine Anmeldung, bevor Sie das Internet benutzen können.',
    next: `Öffnen Sie eine beliebige Webseite und melden Sie sich im Netz an, etwa im WLAN, dann ${again(s)}.`,
  }),
})
