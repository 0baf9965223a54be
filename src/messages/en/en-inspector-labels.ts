import type { InspectorLabels } from '../labels/inspector-labels.ts'

export const enInspectorLabels: InspectorLabels = {
  heading: 'Import inspector',
}
