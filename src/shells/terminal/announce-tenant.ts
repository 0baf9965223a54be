import type { Output } from './output.ts'
import type { OpenedBook } from './parts.ts'

/** Nobody shall take the sandbox for Microsoft, nor the robot for a person. */
export const announceTenant = (output: Output, { tenant, signsIn }: OpenedBook): void => {
  if (tenant !== 'sandbox') return
  output.note(
    'This is the sandbox tenant on this machine, not Microsoft. Everybody in it is invented.',
    'warn',
  )
  output.note(
    signsIn === 'robot'
      ? 'A robot person signs in for you. To do it yourself: --interactive. For a real account: --client-id.'
      : 'For a real account: --client-id.',
  )
}
