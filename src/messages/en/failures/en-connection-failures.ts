import type { connectionFailureCodes } from '../../../domain/failures.ts'
import type { Messages, Situation } from '../../catalogue.ts'
import type { EnFormat } from '../en-format.ts'

/** With a list on the device, a refresh is the smaller step: it does not ask the person to sign in. */
export const again = ({ steps, onDevice = 0 }: Situation): string =>
  onDevice > 0 ? steps.refresh : steps.restart

type ConnectionFailure = (typeof connectionFailureCodes)[number]

/** A wrong clock can make a valid certificate look expired, or not valid yet. */
const maybeClock = ({ cause = '' }: Situation): string =>
  /EXPIRED|NOT_YET_VALID|DATE_INVALID/.test(cause) ? 'Check the date and the time of this device. ' : ''

/** Why the service could not be reached, in English. */
export const enConnectionFailures = ({
  name,
  Name,
}: EnFormat): Pick<Messages['failures'], ConnectionFailure> => ({
  offline: (s) => ({
    happened: `${Name(s)} could not be reached.`,
    next: `Check your internet connection, then ${again(s)}.`,
  }),
  'connection-not-secure': (s) => ({
    happened: `No secure connection to ${name(s)} could be made. Something else may have answered, such as a firewall or the sign-in page of a Wi-Fi network.`,
    next: `Open any web page to see whether your network asks you to sign in, then ${again(s)}. If it happens again, show this to your administrator.`,
  }),
  'certificate-untrusted': (s) => ({
    happened: `The connection to ${name(s)} was not used, because this device does not trust the certificate that it received. Something on the network may be reading the traffic, such as the firewall of your organization.`,
    next: `${maybeClock(s)}Ask your administrator for the CA certificate as a PEM file, and set the environment variable NODE_EXTRA_CA_CERTS to the path of that file. Then ${again(s)}.`,
  }),
  'clock-wrong': (s) => ({
    happened: `The date or the time of this device is wrong, so ${name(s)} cannot be reached safely.`,
    next: `Turn on automatic date and time in the settings of this device, and check its time zone. Then ${again(s)}.`,
  }),
  'proxy-misconfigured': (s) => ({
    happened: 'The proxy that is set for this device cannot be used.',
    next: `Set the environment variable HTTPS_PROXY to its address, such as http://proxy.example:8080. In a password, write special characters as codes, such as %23 for #. SOCKS proxies are not supported. Then ${again(s)}.`,
  }),
  'proxy-unreachable': (s) => ({
    happened: 'The proxy that is set for this device could not be reached.',
    next: `Connect to the network that it belongs to, for example by VPN, or correct the environment variable HTTPS_PROXY. Then ${again(s)}.`,
  }),
  'proxy-needs-sign-in': (s) => ({
    happened:
      'The proxy between this device and the internet needs a user name and a password, or refused the ones that are set.',
    next: `Add them to the environment variable HTTPS_PROXY, such as http://USER:PASSWORD@proxy.example:8080. If you do not know them, ask your administrator. Then ${again(s)}.`,
  }),
  'proxy-refused': (s) => ({
    happened: `The proxy between this device and the internet did not connect to ${name(s)}.`,
    next: `Ask your administrator to allow this connection, then ${again(s)}.`,
  }),
  'network-sign-in': (s) => ({
    happened: 'Your network asks you to sign in before you can use the internet.',
    next: `Open any web page and sign in to the network, such as the Wi-Fi, then ${again(s)}.`,
  }),
})
