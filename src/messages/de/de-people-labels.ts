import type { PeopleLabels } from '../labels/people-labels.ts'
import type { DeFormat } from './de-format.ts'

export const dePeopleLabels = ({ sources, counted, listed, sourcesDative }: DeFormat): PeopleLabels => ({
  sources: (all) => listed(all.map((source) => sources[source])),
  heading: 'Kontakte dieser Person',
  hint: 'Sie werden als einer angezeigt. In Ihren Konten bleibt jeder, wie er ist.',
  separate: 'Nicht dieselbe Person',
  separated: (source) => `Der Kontakt aus ${sourcesDative[source]} wird jetzt für sich angezeigt.`,
  separatedElsewhere: (source) =>
    `Der Kontakt aus ${sourcesDative[source]} wurde in einem anderen Fenster getrennt. Er wird jetzt für sich angezeigt.`,
  rejoined: 'Beide Kontakte werden wieder als eine Person angezeigt.',
  apart: (name, source) =>
    `Sie haben gesagt, dass das nicht dieselbe Person ist wie ${name} (${sources[source]}).`,
  takeBack: 'Zurücknehmen',
  takenBack:
    'Zurückgenommen. Beide Kontakte werden als eine Person angezeigt, wenn sie genug gemeinsam haben.',
  undo: 'Rückgängig',
  again: 'drücken Sie die Schaltfläche noch einmal',
  possible: (count) => counted(count, 'mögliches Duplikat', 'mögliche Duplikate'),
  review: 'Prüfen',
  title: 'Mögliche Duplikate',
  intro:
    'Ist das dieselbe Person? Wenn ja, wird sie nur einmal angezeigt. In Ihren Konten ändert sich nichts.',
  reasons: { name: 'Gleicher Name', email: 'Gleiche E-Mail-Adresse', phone: 'Gleiche Nummer' },
  pair: (one, other) => `${one} und ${other}`,
  same: 'Dieselbe Person',
  notSame: 'Nicht dieselbe',
  joined: (name) => `${name} wird jetzt nur einmal angezeigt.`,
  keptApart: (name) => `${name}: Die beiden Kontakte bleiben getrennt.`,
  undone: (name) => `Rückgängig gemacht. ${name}: Die beiden Kontakte sind getrennt.`,
  showMore: 'Mehr anzeigen',
  nothingLeft: 'Es gibt nichts mehr zu prüfen.',
  close: 'Schließen',
  unavailable:
    'Das konnte nicht geladen werden. Prüfen Sie Ihre Verbindung, und drücken Sie noch einmal „Prüfen“.',
})
