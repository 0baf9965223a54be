import type { Extension } from '../../src/shells/terminal/extension.ts'
import { sandboxCommand } from './command.ts'
import {
  checkSandboxOptions,
  faultHelp,
  laterOptions,
  optionTable,
  serviceOptions,
  signInOptions,
} from './options.ts'

/** Adds the sandbox tenant to the terminal shell. */
export const sandboxExtension: Extension = {
  commands: [sandboxCommand],
  options: optionTable,
  additions: {
    import: {
      options: [...serviceOptions, ...signInOptions],
      help: `Without --client-id and --token-file it uses the sandbox tenant: a stand-in for Microsoft 365 on this
machine, with invented contacts and a robot that signs in. Unless --store names a file, they are stored
apart from real contacts, and each import replaces the previous one.

${faultHelp}`,
    },
    restart: { options: [...serviceOptions, ...laterOptions, ...signInOptions], help: faultHelp },
    web: {
      options: [...serviceOptions, ...laterOptions, ...signInOptions],
      help: `Without --client-id and --token-file, and without contacts of your own, it uses the sandbox tenant, as import does.

${faultHelp}`,
    },
    refresh: { options: [...serviceOptions, ...laterOptions], help: faultHelp },
    sandbox: { options: ['web', 'spa-redirect', ...serviceOptions], help: faultHelp },
  },
  examples: [['To try it without an account:', 'import']],
  check: checkSandboxOptions,
}
