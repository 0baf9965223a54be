import type { ClientAccount } from '../../../index.ts'

/** The tenant of all personal accounts (Microsoft identity platform, "ID tokens", claim `tid`). */
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad.'

/**
 * People in Outlook on the web, where a contact of this account can be changed. Graph has no address of a single contact:
 * its contacts have no `webLink`, and Outlook does not open the immutable ids by which this library keeps contacts apart.
 */
export const outlookAddress = ({ account }: Pick<ClientAccount, 'account'>): string =>
  account?.id?.startsWith(PERSONAL) === true
    ? 'https://outlook.live.com/people/'
    : 'https://outlook.office.com/people/'
