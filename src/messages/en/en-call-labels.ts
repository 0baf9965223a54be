import type { CallLabels } from '../labels/call-labels.ts'
import type { EnFormat } from './en-format.ts'

export const enCallLabels = ({ number, contacts }: EnFormat): CallLabels => ({
  heading: 'Incoming call',
  looking: 'Looking for the caller',
  unknown: 'Unknown caller',
  withheld: 'Number withheld',
  possible: 'Possibly',
  oneOf: (count) => `One of ${contacts(count)}`,
  more: (count) => `and ${number(count)} more`,
  failed: 'Your contacts could not be searched.',
})
