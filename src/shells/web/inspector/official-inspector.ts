import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { InspectorLabels } from '../../../messages.ts'

const commands = `node --input-type=module -e "
  import { createInspectorServer } from '@statelyai/inspect/server'
  createInspectorServer()"
device-contacts import --inspect=ws://localhost:8080`

/** What the inspector of XState's authors would see, said before how it is opened. Nothing here reaches it. */
export const officialInspector = ({ official }: InspectorLabels): TemplateResult =>
  html`<details class="official">
    <summary>${official.heading}</summary>
    <p>${official.sees}</p>
    <p>${official.neverSees}</p>
    <p>${official.open}</p>
    <pre dir="ltr" tabindex="0"><code>${commands}</code></pre>
  </details>`
