import type { SettingsLabels } from '../labels/settings-labels.ts'

export const deSettingsLabels: SettingsLabels = {
  heading: 'Kontakte',
  steps: {
    signIn: 'drücken Sie „Anmelden“',
    restart: 'drücken Sie „Neu starten“',
    refresh: 'drücken Sie „Aktualisieren“',
    cancel: 'drücken Sie „Abbrechen“',
    approveRemoval: 'drücken Sie „Entfernen“',
    signOut: 'drücken Sie „Abmelden“',
  },
}
