import type { Messages } from '../catalogue.ts'
import type { EnFormat } from './en-format.ts'

const otherSource = { microsoft365: 'outlook', outlook: 'microsoft365', google: 'google' } as const

const leaveFirst = {
  microsoft365: 'sign out of Microsoft 365',
  google: 'sign out of Google Contacts',
  outlook: 'remove the contacts of the Outlook app',
} as const

/** Why a command was refused, in English. */
export const enRefusals = ({ sources, name, Name }: EnFormat): Messages['refusals'] => ({
  'already-running': (s) => ({
    happened: `An import from ${name(s)} is already running.`,
    next: `Wait until it is finished. To stop it, ${s.steps.cancel}.`,
  }),
  'running-elsewhere': (s) => ({
    happened: `Another window or program on this device is importing contacts from ${name(s)}.`,
    next: `Wait until it is finished. To stop it, ${s.steps.cancel}.`,
  }),
  'nothing-running': () => ({
    happened: 'No import is running.',
    next: 'There is nothing to cancel.',
  }),
  'already-linked': (s) => ({
    happened: `${Name(s)} is already linked, and its contacts are on this device.`,
    next: `To update them, ${s.steps.refresh}.`,
  }),
  'restart-first': (s) => ({
    happened: `The last import from ${name(s)} was not finished.`,
    next: `To start again, ${s.steps.restart}.`,
  }),
  'nothing-to-restart': (s) => ({
    happened: `Nothing has been imported from ${name(s)} yet.`,
    next: `To begin, ${s.steps.signIn}.`,
  }),
  'nothing-to-refresh': (s) => ({
    happened: `There are no contacts from ${name(s)} on this device yet.`,
    next: `To begin, ${s.steps.signIn}. If the last import was not finished, ${s.steps.restart}.`,
  }),
  'nothing-held': () => ({
    happened: 'No removal is waiting for your approval.',
    next: 'There is nothing to approve.',
  }),
  'nothing-linked': (s) => ({
    happened: `No account from ${name(s)} is linked, and nothing of an earlier account is left on this device.`,
    next: `To begin, ${s.steps.signIn}.`,
  }),
  'other-microsoft-source': (s) => ({
    happened: `Your contacts already come from ${sources[otherSource[s.source]]}. Importing them from ${name(s)} would duplicate them.`,
    next: `To switch, ${leaveFirst[otherSource[s.source]]} first (${s.otherSignOut ?? s.steps.signOut}), then ${s.steps.signIn}.`,
  }),
  'store-is-newer': () => ({
    happened: 'A newer version of this app wrote these contacts. This version can only show them.',
    next: 'Update the app, then try again.',
  }),
  'storage-locked': () => ({
    happened: 'Your contacts are encrypted, and the key ring that holds their key does not answer.',
    next: 'Unlock the key ring of this device, then open the app again.',
  }),
  'storage-key-lost': (s) => ({
    happened:
      'The contacts on this device are encrypted and can no longer be read, because their key is gone.',
    next: `To import them again, ${s.steps.restart}.`,
  }),
  'contact-gone': () => ({
    happened: 'One of these contacts is no longer on this device.',
    next: 'Look at your contacts again: they have changed in the meantime.',
  }),
  'one-source': (s) => ({
    happened: `Both contacts come from ${name(s)}, which keeps them apart.`,
    next: 'To make them one contact, merge them there, then refresh.',
  }),
})
