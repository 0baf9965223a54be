import type { CallLabels } from '../labels/call-labels.ts'

export const deCallLabels: CallLabels = {
  heading: 'Eingehender Anruf',
}
