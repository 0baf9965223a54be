import type { Output } from './output.ts'
import type { OpenedBook } from './parts.ts'

/** Nobody shall take the sandbox for Microsoft, nor the robot for a person. */
export const announceTenant = (output: Output, { tenant, signsIn }: OpenedBook): void => {
  if (tenant !== 'sandbox') return
  output.note(
    'This is the sandbox tenant, not Microsoft: it runs on this machine, and its people are invented.',
    'warn',
  )
  if (signsIn === 'robot') output.note('A robot person signs in and agrees. To do it yourself: --interactive')
}
