import type { ListLabels } from '../labels/list-labels.ts'

export const deListLabels: ListLabels = {
  heading: 'Meine Kontakte',
}
