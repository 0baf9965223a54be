import type { CallLabels } from '../labels/call-labels.ts'
import type { DeFormat } from './de-format.ts'

export const deCallLabels = ({ number, contactsDative }: DeFormat): CallLabels => ({
  heading: 'Eingehender Anruf',
  looking: 'Der Anrufer wird gesucht',
  unknown: 'Unbekannter Anrufer',
  withheld: 'Nummer unterdrückt',
  possible: 'Vielleicht',
  oneOf: (count) => `Einer von ${contactsDative(count)}`,
  more: (count) => `und ${number(count)} weitere`,
  failed: 'Ihre Kontakte konnten nicht durchsucht werden.',
})
