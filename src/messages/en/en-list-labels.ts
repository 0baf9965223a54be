import type { ListLabels } from '../labels/list-labels.ts'
import type { EnFormat } from './en-format.ts'

export const enListLabels = ({ number, counted, contacts, companies }: EnFormat): ListLabels => ({
  heading: 'My Contacts',
  steps: {
    signIn: 'press Sign in in the settings',
    restart: 'press Start again in the settings',
    refresh: 'press Refresh in the settings',
    cancel: 'press Cancel in the settings',
    approveRemoval: 'press Remove them in the settings',
    signOut: 'press Sign out in the settings',
  },
  search: 'Search contacts',
  clearSearch: 'Clear search',
  results: (count, isAll) =>
    isAll ? counted(count, 'result', 'results') : `The ${number(count)} best results`,
  resultsSoFar: (count) => `${counted(count, 'result', 'results')} so far`,
  soFar: (count) => `${contacts(count)} so far. More are on their way.`,
  empty: {
    loading: { happened: 'Loading your contacts', next: '' },
    'not-connected': {
      happened: 'No contacts yet',
      next: 'Link an account in the settings, and your contacts appear here.',
    },
    'signing-in': {
      happened: 'Waiting for your sign-in',
      next: 'Finish signing in in the other tab. Your contacts appear here as they arrive.',
    },
    incoming: {
      happened: 'Your contacts are on their way',
      next: 'They appear here as they arrive. The settings show how far the import is.',
    },
    'no-contacts': {
      happened: 'Your account has no contacts',
      next: 'The import worked, but found nothing. Contacts that you add to your account appear here after the next refresh.',
    },
    locked: { happened: 'Your contacts are locked', next: '' },
    lost: { happened: 'Your contacts can no longer be read', next: '' },
    cancelled: {
      happened: 'The import was cancelled',
      next: 'Nothing was imported. You can start again in the settings.',
    },
    'no-permission': { happened: 'No permission to read your contacts', next: '' },
    offline: { happened: 'No connection', next: '' },
    failed: { happened: 'The import did not work', next: '' },
    'no-hit': {
      happened: 'No contact found',
      next: 'Try fewer letters, or a part of a company, an e-mail address or a number.',
    },
    'no-hit-yet': { happened: 'No contact found so far', next: 'More contacts are on their way.' },
    'search-failed': { happened: 'The search did not work', next: 'Change what you typed to search again.' },
  },
  openSettings: 'Open settings',
  letters: 'Go to a letter',
  noName: 'No name',
  incomplete: 'Incomplete',
  badges: companies,
  call: (value) => `Call ${value}`,
  choose: 'Choose a contact to see the details.',
  card: 'Contact',
  back: 'Back to the list',
  close: 'Close contact',
})
