import type { SignOutStep } from '../../domain/failures.ts'
import type { Messages, Situation } from '../catalogue.ts'

/** What a sign-out that failed has removed, and what it has not. */
export const enSignOutLeft: Messages['signOutLeft'] = (left, s) => ({
  happened: happened(left),
  next: left.includes('contacts')
    ? `To remove the rest, solve this problem first, then ${s.steps.signOut}.`
    : nextWithoutContacts(left, s),
})

const happened = (left: readonly SignOutStep[]): string => {
  const [tokens, keys, contacts] = (['tokens', 'keys', 'contacts'] as const).map((step) =>
    left.includes(step),
  )
  if (contacts && keys)
    return tokens
      ? 'Neither the sign-in nor the contacts could be removed from this device.'
      : 'The sign-in was removed from this device, but the contacts may still be on it.'
  if (contacts)
    return tokens
      ? 'The contacts on this device cannot be read any more, because their key was destroyed. The sign-in is still stored on this device.'
      : 'The sign-in was removed from this device, and the contacts on it cannot be read any more, because their key was destroyed.'
  if (tokens) return 'The contacts were removed from this device, but the sign-in is still stored on it.'
  return 'The contacts and the sign-in were removed from this device, but one of their keys could not be destroyed. With that key, copies such as backups can still be read.'
}

const nextWithoutContacts = (left: readonly SignOutStep[], { steps }: Situation): string =>
  left.includes('keys')
    ? `Unlock the key ring of this device, and check that you can write to the folder that stores the keys. Then ${steps.signOut}.`
    : `Check that you can write to the folder that stores the contacts, then ${steps.signOut}.`
