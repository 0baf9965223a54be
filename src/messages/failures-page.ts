import { failureCodes } from '../domain/failures.ts'
import { findingCodes } from '../domain/findings.ts'
import { refusalCodes } from '../domain/commands.ts'
import type { Messages, Sentences, Situation } from './messages.ts'

/** As the terminal shell says it; other shells name the same steps in their own way. */
const situation: Situation = {
  source: 'microsoft365',
  steps: {
    signIn: 'use `device-contacts import`',
    restart: 'use `device-contacts restart`',
    refresh: 'use `device-contacts refresh`',
    cancel: 'use `device-contacts cancel`',
    approveRemoval: 'use `device-contacts approve`',
    signOut: 'use `device-contacts sign-out`',
  },
}

/** The reference page of everything that can be refused or fail, in Markdown. */
export const failuresPage = (messages: Messages): string =>
  [
    '# Failures, refusals and findings',
    '',
    'Everything that an import can fail of, and every reason to refuse a command, in the words that people read.',
    'This page is generated from `src/messages`; a test fails when it is out of date.',
    '',
    'Where a service gave ids or codes of its own, a line *For your administrator* carries them. Where contacts',
    'are on the device already, a failure never changes them, and the answer says so.',
    '',
    '## Failures',
    '',
    'An attempt ended in the state `failed`. The step shown is the one without contacts on the device; with',
    'some, failures that pass by themselves offer a refresh in place of a restart.',
    '',
    ...table(failureCodes, (code) => messages.failures[code](situation)),
    '',
    '## Refusals',
    '',
    'A command was not carried out, and nothing has changed.',
    '',
    ...table(refusalCodes, (code) => messages.refusals[code](situation)),
    '',
    '## Findings',
    '',
    'What `device-contacts doctor` may find when it examines a store. It changes nothing.',
    '',
    ...table(findingCodes, (code) => messages.findings[code]({ code, files: ['FILE'] }, situation)),
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
