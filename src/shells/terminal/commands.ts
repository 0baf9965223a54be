import type { Command } from './command.ts'
import { approveCommand } from './commands/approve.ts'
import { cancelCommand } from './commands/cancel.ts'
import { doctorCommand } from './commands/doctor.ts'
import { eventsCommand } from './commands/events.ts'
import { historyCommand } from './commands/history.ts'
import { importCommand } from './commands/import.ts'
import { listCommand } from './commands/list.ts'
import { refreshCommand } from './commands/refresh.ts'
import { restartCommand } from './commands/restart.ts'
import { signOutCommand } from './commands/sign-out.ts'
import { statusCommand } from './commands/status.ts'

/** Every command of this shell, in the order in which help shows them. */
export const commands: readonly Command[] = [
  importCommand,
  restartCommand,
  refreshCommand,
  cancelCommand,
  approveCommand,
  statusCommand,
  listCommand,
  historyCommand,
  eventsCommand,
  doctorCommand,
  signOutCommand,
]
