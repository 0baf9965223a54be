import type { SignOutStep } from '../../domain/failures.ts'
import type { Messages, Situation } from '../catalogue.ts'

/** What a sign-out that failed has removed, and what it has not, in German. */
export const deSignOutLeft: Messages['signOutLeft'] = (left, s) => ({
  happened: happened(left),
  next: left.includes('contacts')
    ? `Um den Rest zu entfernen, lösen Sie zuerst dieses Problem, dann ${s.steps.signOut}.`
    : nextWithoutContacts(left, s),
})

const happened = (left: readonly SignOutStep[]): string => {
  const [tokens, keys, contacts] = (['tokens', 'keys', 'contacts'] as const).map((step) =>
    left.includes(step),
  )
  if (contacts && keys)
    return tokens
      ? 'Weder die Anmeldung noch die Kontakte konnten von diesem Gerät entfernt werden.'
      : 'Die Anmeldung wurde von diesem Gerät entfernt, aber die Kontakte können noch darauf sein.'
  if (contacts)
    return tokens
      ? 'Die Kontakte auf diesem Gerät sind nicht mehr lesbar, weil ihr Schlüssel zerstört wurde. Die Anmeldung ist noch auf diesem Gerät gespeichert.'
      : 'Die Anmeldung wurde von diesem Gerät entfernt, und die Kontakte darauf sind nicht mehr lesbar, weil ihr Schlüssel zerstört wurde.'
  if (tokens)
    return 'Die Kontakte wurden von diesem Gerät entfernt, aber die Anmeldung ist noch darauf gespeichert.'
  return 'Die Kontakte und die Anmeldung wurden von diesem Gerät entfernt, aber einer ihrer Schlüssel konnte nicht zerstört werden. Mit diesem Schlüssel sind Kopien wie etwa Sicherungen noch lesbar.'
}

const nextWithoutContacts = (left: readonly SignOutStep[], { steps }: Situation): string =>
  left.includes('keys')
    ? `Entsperren Sie den Schlüsselbund dieses Geräts, und prüfen Sie, ob Sie in den Ordner der Schlüssel schreiben können. Dann ${steps.signOut}.`
    : `Prüfen Sie, ob Sie in den Ordner der Kontakte schreiben können, dann ${steps.signOut}.`
