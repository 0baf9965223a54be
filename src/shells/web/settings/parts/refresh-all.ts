import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Messages } from '../../../../messages.ts'
import { icon } from '../../base/icons.ts'
import type { CardView } from '../card-view.ts'
import { reasonedButton, refusalOf } from './command-button.ts'

/** Updates every list that may be updated; each card tells its own result. */
export const refreshAll = (all: readonly CardView[], { settings }: Messages): TemplateResult => {
  const views = all.filter(({ account }) => account.list !== null)
  const reasons = views.map((view) => refusalOf(view, 'refresh'))
  return reasonedButton({
    id: 'refresh-all-why',
    isOff: !reasons.includes(null),
    why: reasons.includes(null) ? undefined : (reasons[0] ?? undefined),
    look: 'plain',
    content: html`${icon('refresh')}${settings.refreshAll}`,
    press: () => {
      for (const { account, card } of views) if (account.commands.refresh === null) card.press('refresh')
    },
  })
}
