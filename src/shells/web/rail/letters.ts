import type { Section } from '../../../index.ts'

/** A letter of the rail. */
export interface RailLetter {
  readonly label: string
  /** Its section; null if no contact begins with it. */
  readonly section: number | null
}

const latin = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')

/**
 * The letters of the rail, in the order of the list. Those of the Latin alphabet are all there, so that a letter is always
 * in the same place; others only with contacts, because which of them a language has depends on the locale.
 */
export const railLetters = (sections: readonly Pick<Section, 'label'>[]): readonly RailLetter[] => {
  const labels = sections.map(({ label }) => label)
  const places = new Map(labels.map((label, section) => [label, section]))
  const hasLatin = labels.some((label) => latin.includes(label))
  const all = hasLatin ? latin.slice() : []
  labels.forEach((label, section) => {
    if (all.includes(label)) return
    const before = all.indexOf(labels[section - 1] ?? '')
    const next = labels.slice(section + 1).find((later) => all.includes(later))
    const after = next === undefined ? all.length : all.indexOf(next)
    // Ñ belongs behind N, but Å of a Swede behind Z: the order of the sections tells.
    const base = all.indexOf(label.normalize('NFD').charAt(0))
    all.splice(base >= before && base < after ? Math.max(base, before) + 1 : after, 0, label)
  })
  return all.map((label) => ({ label, section: places.get(label) ?? null }))
}
