import type { InspectorLabels } from '../labels/inspector-labels.ts'

export const deInspectorLabels: InspectorLabels = {
  heading: 'Import-Inspektor',
}
