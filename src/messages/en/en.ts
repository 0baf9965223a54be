import type { Messages } from '../catalogue.ts'
import { failureFacts } from '../failure-facts.ts'
import { roundUp } from '../round-up.ts'
import { withBrowserStorage } from '../with-browser-storage.ts'
import { enBrowserStorage } from './en-browser-storage.ts'
import { enCallLabels } from './en-call-labels.ts'
import { enCardLabels } from './en-card-labels.ts'
import { enFailures } from './failures/en-failures.ts'
import { enFindings } from './en-findings.ts'
import { enFormat } from './en-format.ts'
import { enInspectorLabels } from './en-inspector-labels.ts'
import { enListLabels } from './en-list-labels.ts'
import { enNotices } from './en-notices.ts'
import { enPeopleLabels } from './en-people-labels.ts'
import { enRefusals } from './en-refusals.ts'
import { enSettingsLabels } from './en-settings-labels.ts'
import { enSignOutLeft } from './en-sign-out-left.ts'

/** The messages in English. `locale`: an English one (`en-GB`), for numbers and times. */
export const en = (locale: string): Messages => {
  const format = enFormat(locale)
  const { sources, companies, name, number, counted, contacts, date, time } = format
  return {
    locale,
    settings: enSettingsLabels(format),
    list: enListLabels(format),
    people: enPeopleLabels(format),
    card: enCardLabels,
    call: enCallLabels(format),
    inspector: enInspectorLabels(format),
    sources,
    failures: withBrowserStorage(enFailures(format), enBrowserStorage),
    refusals: enRefusals(format),
    findings: enFindings(format),
    notices: enNotices(format),
    cancelled: (s) =>
      s.refresh
        ? {
            happened: `The refresh from ${name(s)} was cancelled.`,
            next: `To update your contacts, ${s.refresh.isAllowed ? s.steps.refresh : s.steps.restart}.`,
          }
        : {
            happened: `The import from ${name(s)} was cancelled.`,
            next: s.hasSignedIn
              ? `To start again, ${s.steps.restart}.`
              : `If you finish signing in now, that sign-in is not processed. To start again, ${s.steps.restart}.`,
          },
    signedOut: (s) => ({
      happened: `You signed out of ${name(s)}, so this import was stopped.`,
      next: `If you finish signing in now, that sign-in is not processed. To begin again, ${s.steps.signIn}.`,
    }),
    signOutLeft: enSignOutLeft,
    skips: {
      'not-an-object': (count) => counted(count, 'entry was not a contact', 'entries were not contacts'),
      'no-id': (count) => `${contacts(count)} had no id`,
      'malformed-field': (count) => `${contacts(count)} had a field with an invalid value`,
      'error-in-place': (count) =>
        counted(
          count,
          'contact was replaced by an error message',
          'contacts were replaced by error messages',
        ),
      'unusable-id': (count) => `${contacts(count)} had an id that cannot be used`,
      unreadable: (count) => `${contacts(count)} could not be delivered by the service`,
      'folder-unreadable': (count) => counted(count, 'folder could not be read', 'folders could not be read'),
      'too-many-folders': () => 'there were too many folders, and some were not read',
      'file-unreadable': (count) => counted(count, 'file could not be read', 'files could not be read'),
      'file-unknown-columns': (count) =>
        counted(
          count,
          'file has no columns that look like contacts',
          'files have no columns that look like contacts',
        ),
    },
    incomplete: (count) =>
      counted(
        count,
        'contact has a field that could not be read',
        'contacts have fields that could not be read',
      ) + ' completely',
    waits: {
      throttled: (source, seconds) => `${companies[source]} asked us to wait ${number(seconds)} s`,
      'service-unavailable': (source, seconds) =>
        `No proper answer from ${companies[source]}, next try in ${number(seconds)} s`,
      offline: (_source, seconds) => `No connection, next try in ${number(seconds)} s`,
    },
    contacts,
    contactsOf: (count, available) => `${number(count)} of ${contacts(available)}`,
    contactsOfAbout: (count, expected) => `${number(count)} of about ${contacts(roundUp(expected))}`,
    number,
    date,
    time,
    kept: (count, updatedAt) => {
      const since = updatedAt === undefined ? '' : ` since ${time(updatedAt)}`
      return count === 1
        ? `The contact on this device is unchanged${since}.`
        : `The ${contacts(count)} on this device are unchanged${since}.`
    },
    keyPlace: (place) => {
      switch (place.kind) {
        case 'key-ring':
          return 'The contacts are encrypted with a key in the key ring of this device.'
        case 'file':
          return `The contacts are encrypted with a key in ${place.path}. Anyone who has the key and the contacts, for example from a backup, can read them.`
        case 'memory':
          return 'The contacts are encrypted with a key that exists only until this app is closed.'
      }
    },
    forAdministrator: (details, link) => {
      const facts = failureFacts(details).join(', ')
      const parts = [
        ...(facts === '' ? [] : [`${facts}.`]),
        ...(link === undefined
          ? []
          : [
              `To approve this app for everyone: ${link} (afterwards, the browser cannot open localhost, which is expected).`,
            ]),
      ]
      return parts.length > 0 ? `For your administrator: ${parts.join(' ')}` : null
    },
  }
}
