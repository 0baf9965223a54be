import type { Steps } from 'device-contacts/messages'

/** How a person gives each command on this page, for the sentences of `device-contacts/messages`. */
export const steps: Steps = {
  signIn: 'press Sign in with Microsoft',
  restart: 'press Start again',
  refresh: 'press Refresh',
  cancel: 'press Cancel',
  approveRemoval: 'press Remove them',
  signOut: 'press Sign out',
}
