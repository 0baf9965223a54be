import { COUNT_LIMIT } from '../domain/limit.ts'
import type { Messages, Situation } from './catalogue.ts'
import { again, enConnectionFailures } from './en-connection-failures.ts'
import type { EnFormat } from './en-format.ts'

/** Microsoft often does not tell the app that a missing approval stopped the person. */
const approvalFirst = 'If the page asked for the approval of an administrator, get that approval first.'

/** Why an attempt failed, in English. */
export const enFailures = (format: EnFormat): Messages['failures'] => {
  const { name, Name, company, number, contacts, time } = format
  const later = (situation: Situation): string =>
    situation.retryAt === undefined
      ? `Wait a few minutes, then ${again(situation)}.`
      : `After ${time(situation.retryAt)}, ${again(situation)}.`

  return {
    ...enConnectionFailures(format),
    'consent-declined': (s) => ({
      happened: `The request to read your contacts in ${name(s)} was declined, so nothing was imported.`,
      next: `To ${s.onDevice ? 'update your contacts' : 'import your contacts'}, ${s.steps.restart} and choose Accept on the sign-in page. ${approvalFirst}`,
    }),
    'consent-timed-out': (s) => ({
      happened: 'The sign-in took too long, so nothing was imported.',
      next: `When you are ready, ${s.steps.restart} and finish the sign-in in your browser. ${approvalFirst}`,
    }),
    'popup-blocked': (s) => ({
      happened: 'Your browser blocked the sign-in page.',
      next: `Allow pop-up windows for this app in your browser, then ${s.steps.restart}.`,
    }),
    'loopback-unavailable': (s) => ({
      happened:
        'This app could not listen on this device (localhost) for the answer of the sign-in page, so it did not open the page.',
      next:
        s.steps.restartWithCode === undefined
          ? `Security software, a container or a limit on open files may forbid it. Change that, then ${s.steps.restart}.`
          : `To sign in with a code instead, ${s.steps.restartWithCode}. Or allow it (security software, a container or a limit on open files may forbid it), then ${s.steps.restart}.`,
    }),
    'admin-approval-needed': (s) => ({
      happened:
        'Your organization requires an administrator to approve this app before it can read contacts.',
      next: `Ask your administrator to approve it, then ${s.steps.restart}.`,
    }),
    'sign-in-blocked': (s) => ({
      happened: `${company(s)} blocked this sign-in because of a rule of your organization or a problem with your account.`,
      next: `Ask your administrator what you need, for example a second way to prove who you are or a device that your organization manages. Then ${s.steps.restart}.`,
    }),
    'app-misconfigured': (s) => ({
      happened: `This app is not set up correctly for signing in to ${name(s)}.`,
      next: `Ask the developer of the app to check its client ID, its redirect address (http://localhost) and its permission to read contacts. Then ${s.steps.restart}.`,
    }),
    'permission-missing': (s) =>
      s.accessTokenFile
        ? {
            happened: 'The access token in your token file does not allow reading contacts.',
            next: `Put a token with the permission Contacts.Read into the file, then ${s.steps.restart}.`,
          }
        : {
            happened: 'You are signed in, but this app has no permission to read your contacts.',
            next: `Ask your administrator to let this app read contacts (Contacts.Read), then ${s.steps.restart}.`,
          },
    'permission-removed': (s) =>
      s.accessTokenFile
        ? {
            happened: 'The access token in your token file no longer allows reading contacts.',
            next: `Put a token with the permission Contacts.Read into the file, then ${again(s)}.`,
          }
        : {
            happened: 'This app no longer has permission to read your contacts.',
            next: `To allow it again, sign out, then sign in and accept: ${s.steps.signOut}, then ${s.steps.signIn}.`,
          },
    'sign-in-expired': (s) =>
      s.accessTokenFile
        ? {
            happened: 'The access token in your token file has expired or is not valid.',
            next: `Put a new token into the file, then ${again(s)}.`,
          }
        : {
            happened: `Your sign-in to ${name(s)} has expired.`,
            next: `To sign in again, ${s.steps.restart}.`,
          },
    'different-account': (s) => ({
      happened: s.accessTokenFile
        ? 'The access token in your token file belongs to a different account than the contacts on this device.'
        : s.onDevice
          ? 'You signed in with a different account than the one whose contacts are on this device.'
          : 'The account with which you signed in cannot be used here. It may belong to another organization, or be a personal account where one of work or school is needed.',
      next:
        s.accessTokenFile || s.onDevice
          ? `To stay with that account, ${s.accessTokenFile ? `put one of its tokens into the file, then ${again(s)}` : `${s.steps.restart} and choose it`}. To change accounts, sign out first: ${s.steps.signOut}, then ${s.steps.signIn}.`
          : `To choose another account, ${s.steps.restart}. If this device was used with another account before, sign out first: ${s.steps.signOut}, then ${s.steps.signIn}.`,
    }),
    'no-mailbox': (s) => ({
      happened: `This account has no ${company(s)} mailbox, so there are no contacts to read.`,
      next: `If you have another account, ${s.steps.restart} and choose that one. If this account should have a mailbox, ask your administrator.`,
    }),
    'too-many-contacts': (s) => ({
      happened: `${Name(s)} reports more than ${number(COUNT_LIMIT)} contacts. That is too many to import, so nothing was imported.`,
      next: `No mailbox really holds that many, so tell your administrator. Once it is fixed, ${again(s)}.`,
    }),
    'removal-held': (s) => ({
      happened: s.held
        ? `This refresh waits for your approval, because it would remove ${number(s.held.removes)} of your ${contacts(s.held.of)}. Nothing was removed.`
        : 'This refresh waits for your approval, because it would remove many of your contacts. Nothing was removed.',
      next: `If that is right, ${s.steps.approveRemoval}. If not, do nothing: your contacts stay. To check again later, ${s.steps.refresh}.`,
    }),
    throttled: (s) => ({
      happened: `${company(s)} is busy and asked this app to come back later.`,
      next: later(s),
    }),
    'service-unavailable': (s) => ({
      happened: `${Name(s)} has a problem at the moment and did not give a proper answer.`,
      next: later(s),
    }),
    'bad-answer': (s) => ({
      happened: `The answer did not come from ${name(s)}. It may have come from something in between, such as the sign-in page of a Wi-Fi network.`,
      next: `Open any web page to see whether your network asks you to sign in, then ${again(s)}.`,
    }),
    'file-unreadable': (s) => ({
      happened: 'The file with the contacts could not be read.',
      next: `Check that it exists and that you can open it, then ${s.steps.restart}.`,
    }),
    'file-unknown-columns': (s) => ({
      happened: 'The file has no columns that look like contacts.',
      next: `Export your contacts from Outlook again, then ${s.steps.restart}.`,
    }),
    'storage-full': (s) => ({
      happened: 'There is not enough space left on this device to store the contacts.',
      next: `Free some space, then ${again(s)}.`,
    }),
    'storage-read-only': (s) => ({
      happened: 'The file that stores the contacts cannot be changed.',
      next: `Check that you can write to the file and its folder, then ${again(s)}.`,
    }),
    'storage-damaged': () => ({
      happened: 'The file that stores the contacts is damaged. It was not changed.',
      next: 'Restore it from a backup, or choose another file and import again: your contacts are still in your account.',
    }),
    'storage-foreign': () => ({
      happened: 'This file is not a store of contacts. It was not changed.',
      next: 'Choose another file to store the contacts in.',
    }),
    'storage-unavailable': () => ({
      happened: 'The file that stores the contacts could not be opened.',
      next: 'Check that its folder exists and that you can open both, then try again.',
    }),
    'storage-unsupported': () => ({
      happened:
        'SQLite, the database that stores the contacts, is missing from this installation or does not run on this system.',
      next: 'Use Node 22.13 or newer, which contains SQLite. Or install the app again with its optional packages (without "--omit=optional").',
    }),
    'storage-busy': (s) => ({
      happened:
        'Another program, such as a backup, is using the file that stores the contacts and did not let go of it in time.',
      next: `Wait until it is finished, then ${again(s)}.`,
    }),
    'storage-locked': (s) => ({
      happened: 'Your contacts are encrypted, and the place that holds their key does not answer.',
      next: `Unlock the key ring of this device, then open the app again. If the key was deleted, ${s.steps.signOut}, then ${s.steps.signIn}.`,
    }),
    'storage-key-lost': (s) => ({
      happened:
        'Your contacts on this device are encrypted, and their key is gone, so nothing can read them.',
      next: `To import them again, ${s.steps.restart}.`,
    }),
    'storage-replaced': (s) => ({
      happened:
        'The file that stores the contacts was removed, moved or replaced while it was in use. What was written since is not in the file that is there now.',
      next: `Put the file back, or keep the one that is there now. Then ${again(s)}.`,
    }),
    'storage-linked': () => ({
      happened:
        'The file that stores the contacts has a second name (a hard link). Used by two names, it would be damaged, so it was not opened.',
      next: 'Remove the other name. If you cannot find it, copy the file and put the copy in its place.',
    }),
    'storage-untrusted': () => ({
      happened:
        'The file that stores the contacts, one that belongs to it, or a link to it belongs to another user, in a folder that others can write to. Anyone may have put it there, so it was not used.',
      next: 'Store the contacts in a folder that only you can write to.',
    }),
    interrupted: (s) => ({
      happened: 'The last import stopped because the app was closed.',
      next: `To start again, ${again(s)}.`,
    }),
    internal: (s) => ({
      happened: 'Something went wrong inside this app.',
      next: `To try again, ${again(s)}. If it keeps happening, please report it.`,
    }),
  }
}
