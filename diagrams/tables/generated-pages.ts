import { commandAnswers } from './commands.ts'
import { stateMeanings, transitionPairs, transitionTable } from './transitions.ts'

/** The pages with generated sections, and the sections of each by the name in their marks. */
export const generatedPages: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'README.md': { states: stateMeanings },
  'docs/architecture.md': { transitions: transitionTable, commands: commandAnswers },
  'docs/state-machine.md': { states: stateMeanings, pairs: transitionPairs, commands: commandAnswers },
}

/**
 * The page with its sections filled. A section is between `<!-- generated: name -->` and `<!-- /generated -->`.
 * Throws a `TypeError` if the page lacks one of them.
 */
export const fillSections = (page: string, sections: Readonly<Record<string, () => string>>): string =>
  Object.entries(sections).reduce((text, [name, section]) => {
    const start = `<!-- generated: ${name} -->`
    const [before, rest] = text.split(start)
    const [, after] = rest?.split(/<!-- \/generated -->(.*)/s) ?? []
    if (before === undefined || after === undefined) throw new TypeError(`no section ${name}`)
    return `${before}${start}\n\n${section()}\n\n<!-- /generated -->${after}`
  }, page)
