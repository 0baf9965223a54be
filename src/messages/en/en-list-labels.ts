import type { ListLabels } from '../labels/list-labels.ts'

export const enListLabels: ListLabels = {
  heading: 'My Contacts',
}
