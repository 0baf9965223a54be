import { failureCodes } from '../domain/failures.ts'
import { findingCodes, noticeCodes } from '../domain/findings.ts'
import { refusalCodes } from '../domain/commands.ts'
import type { Messages, Sentences, Situation } from './catalogue.ts'

/** The steps as the terminal shell words them. */
const situation: Situation = {
  source: 'microsoft365',
  steps: {
    signIn: 'use `device-contacts import`',
    restart: 'use `device-contacts restart`',
    restartWithCode: 'use `device-contacts restart --device-code`',
    refresh: 'use `device-contacts refresh`',
    cancel: 'use `device-contacts cancel`',
    approveRemoval: 'use `device-contacts approve`',
    signOut: 'use `device-contacts sign-out`',
  },
}

/** The reference page of all failures, refusals, notices and findings, in Markdown. */
export const failuresPage = (messages: Messages): string =>
  [
    '# Failures, refusals, notices and findings',
    '',
    'Every reason why an import fails or a command is refused, and every problem that `doctor` finds,',
    'in the words that people read. Any shell can show them with its own steps: `device-contacts/messages`.',
    'This page is generated from `src/messages`; a test fails when it is out of date.',
    '',
    'If the service gave ids or codes, a line *For your administrator* passes them on. A failure never changes',
    'contacts that are already on the device, and a line says so.',
    '',
    '## Failures',
    '',
    'An attempt ended in the state `failed`. The steps are those for a device without contacts; with contacts,',
    'failures after which no new sign-in is needed suggest a refresh instead of a restart.',
    '',
    ...table(failureCodes, (code) => messages.failures[code](situation)),
    '',
    '## Refusals',
    '',
    'A command was not carried out, and nothing changed.',
    '',
    ...table(refusalCodes, (code) => messages.refusals[code](situation)),
    '',
    '## Notices',
    '',
    'What a person should know about an account although nothing failed: `notices` of a linked account. The sentences of',
    '`list-may-be-older` are those for a device without contacts.',
    '',
    ...table(noticeCodes, (code) => messages.notices[code](situation)),
    '',
    '## Findings',
    '',
    'What `device-contacts doctor` and `examineStore` can find. Examining a store changes nothing. Only opening a store',
    '(`sqliteStorage`) reports `permissions-narrowed`, after it has repaired the permissions.',
    '',
    ...table(findingCodes, (code) => messages.findings[code]({ code, files: ['FILE'] }, situation.steps)),
    '',
  ].join('\n')

const table = <Code extends string>(
  codes: readonly Code[],
  sentences: (code: Code) => Sentences,
): readonly string[] => [
  '| code | what happened | what to do next |',
  '|---|---|---|',
  ...codes.map((code) => {
    const { happened, next } = sentences(code)
    return `| \`${code}\` | ${happened} | ${next} |`
  }),
]
