import type { SettingsLabels } from '../labels/settings-labels.ts'

export const enSettingsLabels: SettingsLabels = {
  heading: 'Contacts',
  steps: {
    signIn: 'press Sign in',
    restart: 'press Start again',
    refresh: 'press Refresh',
    cancel: 'press Cancel',
    approveRemoval: 'press Remove them',
    signOut: 'press Sign out',
  },
}
