import type { CallLabels } from '../labels/call-labels.ts'

export const enCallLabels: CallLabels = {
  heading: 'Incoming call',
}
