import type { Extension } from '../../src/shells/terminal/extension.ts'
import { sandboxCommand } from './command.ts'
import { checkSandboxOptions, optionTable, serviceOptions, signInOptions } from './options.ts'

/** Adds the sandbox tenant to the terminal shell. */
export const sandboxExtension: Extension = {
  commands: [sandboxCommand],
  options: optionTable,
  additions: {
    import: {
      options: [...serviceOptions, ...signInOptions],
      help: `Without --client-id and --token-file it uses the sandbox tenant: a stand-in for Microsoft 365 on this
machine, with invented contacts and a robot that signs in. The contacts are then stored in a new file
in the temporary folder, unless --store names one.`,
    },
    restart: { options: [...serviceOptions, ...signInOptions] },
    refresh: { options: serviceOptions },
    sandbox: { options: ['port', ...serviceOptions] },
  },
  examples: [['To try it without one:', 'import']],
  check: checkSandboxOptions,
}
