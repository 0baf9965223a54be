import type { ContactName, Email } from '../../../domain/contact.ts'
import { addEmail } from '../../microsoft365/contact/emails.ts'

/** The cells of an e-mail address. */
export interface EmailCells {
  readonly address?: string
  /** `SMTP`, or `EX` for an Exchange name. */
  readonly type?: string
  readonly label?: string
}

/**
 * The e-mail addresses of a row. Outlook fills in labels and hides addresses behind Exchange names in the same ways as in a
 * mailbox; the table of this app has addresses and labels as they are.
 */
export const csvEmails = (cells: readonly EmailCells[], own: ContactName, isOwn: boolean): Email[] => {
  const emails: Email[] = []
  for (const { address, type, label: name } of cells) {
    if (isOwn) {
      if (address !== undefined) emails.push({ address, ...(name !== undefined && { name }) })
      continue
    }
    const before = emails.length
    addEmail(emails, { address, name }, own)
    const last = emails.at(-1)
    if (type?.trim().toUpperCase() !== 'EX' || emails.length !== before + 1 || last?.address === undefined)
      continue
    emails[before] = { ...last, routingType: 'EX' }
  }
  return emails
}
