import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { CardView } from '../card-view.ts'
import { droppedFiles } from './dropped-files.ts'

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true

/** A drop beside the card must not make the browser leave the page for the file. */
export const refuseFiles = (event: DragEvent): void => {
  if (event.defaultPrevented || !holdsFiles(event)) return
  event.preventDefault()
  if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none'
}

/** What a card does with files that are dragged over it and dropped there. */
export const dropHandlers = ({ card, account }: CardView) => ({
  over: (event: DragEvent): void => {
    if (!holdsFiles(event)) return
    event.preventDefault()
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
    card.drag(true)
  },
  leave: ({ currentTarget, relatedTarget }: DragEvent): void => {
    const isInside = relatedTarget instanceof Node && (currentTarget as Element).contains(relatedTarget)
    if (!isInside) card.drag(false)
  },
  drop: (event: DragEvent): void => {
    if (!holdsFiles(event)) return
    event.preventDefault()
    card.drag(false)
    const inFolders = droppedFiles(event.dataTransfer?.items ?? [])
    if (inFolders === null) card.take([...(event.dataTransfer?.files ?? [])], account)
    else void inFolders.then((files) => card.take(files, account))
  },
})

/** The browser's own dialog for files. The button of the card opens it, because a browser's own button speaks its language alone. */
export const fileInput = ({ card, account }: CardView): TemplateResult => {
  const changed = ({ currentTarget }: Event): void => {
    const input = currentTarget as HTMLInputElement
    const files = [...(input.files ?? [])]
    // The same file may be chosen again.
    input.value = ''
    if (files.length > 0) card.take(files, account)
  }
  return html`<input type="file" accept=".csv,.vcf" multiple hidden @change=${changed} />`
}
