import type { Messages } from '../catalogue.ts'
import type { DeFormat } from './de-format.ts'

/** What a person should know about an account although nothing failed, in German. */
export const deNotices = ({ name, time }: DeFormat): Messages['notices'] => ({
  'list-may-be-older': (s) => {
    const lost = 'Die letzten Änderungen an den gespeicherten Kontakten waren beschädigt und sind verloren.'
    return s.updatedAt === undefined
      ? {
          happened: `${lost} Wenn auf diesem Gerät Kontakte von ${name(s)} waren, sind sie nicht mehr da.`,
          next: `Um sie noch einmal zu importieren, ${s.steps.signIn}. Wenn das abgelehnt wird, ${s.steps.restart}.`,
        }
      : {
          happened: `${lost} Die Kontakte von ${name(s)} können veraltet sein: Sie wurden zuletzt am ${time(s.updatedAt)} aktualisiert.`,
          next: `Um sie auf den neuesten Stand zu bringen, ${s.steps.refresh}.`,
        }
  },
  'sign-in-not-kept': (s) => ({
    happened: `Ihre Anmeldung bei ${name(s)} konnte auf diesem Gerät nicht gespeichert werden. Sie endet, wenn diese App geschlossen wird.`,
    next: 'Beim nächsten Mal müssen Sie sich wieder anmelden. Um das zu vermeiden, prüfen Sie, ob Sie in den Ordner der Kontakte schreiben können und ob dort noch Platz ist.',
  }),
})
