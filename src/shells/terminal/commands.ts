import type { Command } from './command.ts'
import { approveCommand } from './commands/approve.ts'
import { cancelCommand } from './commands/cancel.ts'
import { doctorCommand } from './commands/doctor.ts'
import { duplicatesCommand } from './commands/contacts/duplicates.ts'
import { eventsCommand } from './commands/events.ts'
import { exportCommand } from './commands/contacts/export.ts'
import { findCommand } from './commands/contacts/find.ts'
import { historyCommand } from './commands/history.ts'
import { importCommand } from './commands/import.ts'
import { listCommand } from './commands/contacts/list.ts'
import { refreshCommand } from './commands/refresh.ts'
import { restartCommand } from './commands/restart.ts'
import { notSameCommand, sameCommand } from './commands/contacts/same.ts'
import { showCommand } from './commands/contacts/show.ts'
import { signOutCommand } from './commands/sign-out.ts'
import { statusCommand } from './commands/status.ts'
import { webCommand } from './commands/web.ts'
import { whoisCommand } from './commands/contacts/whois.ts'

/** Every command of this shell, in the order in which help shows them. */
export const commands: readonly Command[] = [
  importCommand,
  restartCommand,
  refreshCommand,
  cancelCommand,
  approveCommand,
  statusCommand,
  listCommand,
  findCommand,
  whoisCommand,
  showCommand,
  duplicatesCommand,
  sameCommand,
  notSameCommand,
  exportCommand,
  webCommand,
  historyCommand,
  eventsCommand,
  doctorCommand,
  signOutCommand,
]
