import { commandTypes } from '../../src/domain/commands.ts'
import type { CommandType } from '../../src/domain/commands.ts'
import { commandTable } from '../../src/machines/command-table.ts'
import type { CommandRule, ConditionName } from '../../src/machines/command-table.ts'
import type { StateName } from '../../src/machines/linked-account.ts'
import { groupedTable } from './markdown-table.ts'
import { stateNames } from './transitions.ts'

/** The conditions in words; null: a mark that a note below the table explains. */
const words: Readonly<Record<ConditionName, string | null>> = {
  hasList: 'L',
  hasHeldRemoval: 'held',
  isAbandoned: 'abandoned',
  somethingIsLeft: 'something left',
  otherMicrosoftSourceIsFree: null,
}

/** The answer to each command in each state. States with equal answers share a column. */
export const commandAnswers = (): string =>
  groupedTable('command', commandTypes, stateNames, (type, state) =>
    cellOf(commandTable[state as StateName][type as CommandType]),
  )

const cellOf = (rule: CommandRule): string => {
  if (rule === 'allowed') return 'yes'
  if (typeof rule === 'string') return `\`${rule}\``
  const condition = words[rule.condition]
  return condition === null
    ? `${cellOf(rule.rule)}¹`
    : `${condition}: ${cellOf(rule.rule)}, else ${cellOf(rule.otherwise)}`
}
