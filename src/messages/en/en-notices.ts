import type { Messages } from '../catalogue.ts'
import type { EnFormat } from './en-format.ts'

/** What a person should know about an account although nothing failed, in English. */
export const enNotices = ({ name, time }: EnFormat): Messages['notices'] => ({
  'list-may-be-older': (s) => {
    const lost =
      s.storage === 'browser'
        ? 'The latest changes to the contacts that are stored in this browser are lost.'
        : 'The latest changes to the file that stores the contacts were damaged and are lost.'
    return s.updatedAt === undefined
      ? {
          happened: `${lost} If this device had contacts from ${name(s)}, they are gone.`,
          next: `To import them again, ${s.steps.signIn}. If that is refused, ${s.steps.restart}.`,
        }
      : {
          happened: `${lost} The contacts from ${name(s)} may be out of date: they were last updated on ${time(s.updatedAt)}.`,
          next: `To bring them up to date, ${s.steps.refresh}.`,
        }
  },
  'sign-in-not-kept': (s) => ({
    happened: `Your sign-in to ${name(s)} could not be stored on this device. It ends when this app is closed.`,
    next:
      s.storage === 'browser'
        ? 'You will have to sign in again next time. To avoid that, check that your browser lets this site store data, and that there is space left.'
        : 'You will have to sign in again next time. To avoid that, check that you can write to the folder that stores the contacts, and that there is space left.',
  }),
})
