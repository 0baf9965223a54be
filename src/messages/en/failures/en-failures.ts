import { COUNT_LIMIT } from '../../../domain/limit.ts'
import type { Messages, Situation } from '../../catalogue.ts'
import { again, enConnectionFailures } from './en-connection-failures.ts'
import { enFileFailures } from './en-file-failures.ts'
import type { EnFormat } from '../en-format.ts'

/** Microsoft often does not tell the app that a missing approval stopped the person. */
const approvalFirst =
  'If the page said that an administrator must approve this app, ask your administrator first.'

/** Why an attempt failed, in English. */
export const enFailures = (format: EnFormat): Messages['failures'] => {
  const { agree, name, Name, company, number, contacts, time } = format
  const later = (situation: Situation): string =>
    situation.retryAt === undefined
      ? `Wait a few minutes, then ${again(situation)}.`
      : `After ${time(situation.retryAt)}, ${again(situation)}.`

  return {
    ...enConnectionFailures(format),
    ...enFileFailures(format),
    'consent-declined': (s) => ({
      happened: `The request to read your contacts in ${name(s)} was declined, so nothing was imported.`,
      next: `To ${s.onDevice ? 'update your contacts' : 'import your contacts'}, ${s.steps.restart} and ${agree(s.source)} on the sign-in page. ${approvalFirst}`,
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
        'This app cannot receive the answer of the sign-in page on this device (localhost), so it did not open the page.',
      next:
        s.steps.restartWithCode === undefined
          ? `Find out what blocks it: security software, a container or a limit on open files. Then ${s.steps.restart}.`
          : `To sign in with a code instead, ${s.steps.restartWithCode}. Or find out what blocks it (security software, a container or a limit on open files), then ${s.steps.restart}.`,
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
      next: `Ask the developer of the app to check its client ID, its redirect URI (http://localhost) and its permission to read contacts. Then ${s.steps.restart}.`,
    }),
    'permission-missing': (s) =>
      s.accessTokenFile
        ? {
            happened: 'The access token in your token file does not allow reading contacts.',
            next: `Put a token with the permission Contacts.Read into the file, then ${s.steps.restart}.`,
          }
        : {
            happened: 'You are signed in, but this app has no permission to read your contacts.',
            next:
              s.source === 'google'
                ? `To allow it, ${s.steps.restart}, and tick the box for your contacts on the sign-in page.`
                : `Ask your administrator to let this app read contacts (Contacts.Read), then ${s.steps.restart}.`,
          },
    'permission-removed': (s) =>
      s.accessTokenFile
        ? {
            happened: 'The access token in your token file no longer allows reading contacts.',
            next: `Put a token with the permission Contacts.Read into the file, then ${again(s)}.`,
          }
        : {
            happened: 'This app no longer has permission to read your contacts.',
            next: `To allow it again, ${s.steps.restart} and ${agree(s.source)} on the sign-in page.`,
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
          ? 'The contacts on this device belong to a different account than the one that you signed in with.'
          : 'The account that you signed in with cannot be used here. It may belong to another organization, or it may be a personal account where a work or school account is needed.',
      next:
        s.accessTokenFile || s.onDevice
          ? `To keep the account of these contacts, ${s.accessTokenFile ? `put a token of that account into the file, then ${again(s)}` : `${s.steps.restart} and choose that account`}. To change accounts, ${s.steps.signOut}, then ${s.steps.signIn}.`
          : `To choose another account, ${s.steps.restart}. If this device was used with another account before, ${s.steps.signOut}, then ${s.steps.signIn}.`,
    }),
    'no-mailbox': (s) => ({
      happened: `This account has no ${company(s)} mailbox, so there are no contacts to read.`,
      next: `If you have another account, ${s.steps.restart} and choose that one. If this account should have a mailbox, ask your administrator.`,
    }),
    'too-many-contacts': (s) => ({
      happened: `${Name(s)} reports more than ${number(COUNT_LIMIT)} contacts. That is too many to import, so nothing was imported.`,
      next: `No mailbox holds that many, so that number must be wrong. Tell your administrator. Once it is corrected, ${again(s)}.`,
    }),
    'removal-held': (s) => ({
      happened: s.held
        ? `This refresh waits for your approval, because it would remove ${number(s.held.removes)} of your ${contacts(s.held.of)}. Nothing was removed.`
        : 'This refresh waits for your approval, because it would remove many of your contacts. Nothing was removed.',
      next: `To remove them, ${s.steps.approveRemoval}. To keep them, do nothing. To check again later, ${s.steps.refresh}.`,
    }),
    throttled: (s) => ({
      happened: `${company(s)} is busy and asked this app to try again later.`,
      next: later(s),
    }),
    'service-unavailable': (s) =>
      s.isUnanswered
        ? {
            happened: `${Name(s)} did not answer. Either it has a problem, or something in your network answered instead, such as the sign-in page of a Wi-Fi network.`,
            next: `Open any web page to see whether your network asks you to sign in, then ${again(s)}. If it does not, wait a few minutes first.`,
          }
        : {
            happened: `${Name(s)} has a problem at the moment and did not answer correctly.`,
            next: later(s),
          },
    'bad-answer': (s) => ({
      happened: `The answer did not come from ${name(s)}. It may have come from something else, such as the sign-in page of a Wi-Fi network.`,
      next: `Open any web page to see whether your network asks you to sign in, then ${again(s)}.`,
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
      happened: 'This file does not belong to this app. It was not changed.',
      next: 'Choose another file to store the contacts in.',
    }),
    'storage-unavailable': () => ({
      happened: 'The file that stores the contacts could not be opened.',
      next: 'Check that its folder exists, and that you can open the folder and the file. Then try again.',
    }),
    'storage-unsupported': () => ({
      happened:
        'SQLite, the database that stores the contacts, is missing from this installation or does not run on this system.',
      next: 'Use Node 22.13 or newer, which contains SQLite. Or install the app again with its optional packages (without "--omit=optional").',
    }),
    'storage-busy': (s) => ({
      happened:
        'Another program, such as a backup, is using the file that stores the contacts, and did not finish in time.',
      next: `Wait until that program is finished, then ${again(s)}.`,
    }),
    'storage-locked': (s) => ({
      happened: 'Your contacts are encrypted, and this app cannot get the key at the moment.',
      next: `Unlock the key ring of this device, then open the app again. If the key was deleted, ${s.steps.signOut}, then ${s.steps.signIn}.`,
    }),
    'storage-key-lost': (s) => ({
      happened:
        'The contacts on this device are encrypted and can no longer be read, because their key is gone.',
      next: `To import them again, ${s.steps.restart}.`,
    }),
    'storage-replaced': (s) => ({
      happened:
        'The file that stores the contacts was removed, moved or replaced while it was in use. The latest changes are not in the file that is there now.',
      next: `Put the old file back, or keep the new one. Then ${again(s)}.`,
    }),
    'storage-linked': () => ({
      happened:
        'The file that stores the contacts has a second name (a hard link). Using it under both names would damage it, so it was not opened.',
      next: 'Delete the second name. If you cannot find it, copy the file, then replace the file with the copy.',
    }),
    'storage-untrusted': () => ({
      happened:
        'The file that stores the contacts was not used, because someone else may have put it there. The file, a file that belongs to it or a link to it belongs to another user, in a folder that others can write to.',
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
