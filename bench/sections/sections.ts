import { firstScreenSection } from './first-screen.ts'
import { historySection } from './history.ts'
import { importSection } from './import.ts'
import { listSection } from './list.ts'
import { orderSection } from './order.ts'
import type { SectionName } from '../options.ts'
import { rebuildSection } from './rebuild.ts'
import { refreshSection } from './refresh.ts'
import { replaySection } from './replay.ts'
import { responsivenessSection } from './responsiveness.ts'
import { searchSection } from './search.ts'
import type { Section } from './section.ts'
import { sourcesSection } from './sources.ts'
import { webSection } from './web.ts'
import { whoisSection } from './whois.ts'

export const sections: Readonly<Record<SectionName, Section>> = {
  import: importSection,
  sources: sourcesSection,
  refresh: refreshSection,
  replay: replaySection,
  rebuild: rebuildSection,
  history: historySection,
  responsiveness: responsivenessSection,
  'first-screen': firstScreenSection,
  search: searchSection,
  order: orderSection,
  whois: whoisSection,
  web: webSection,
  list: listSection,
}
