/** What is used of PnPjs: an import from here finds what is installed here. */
import '@pnp/graph/users/index.js'
import '@pnp/graph/contacts/index.js'

export { graphfi } from '@pnp/graph'
export { GraphDefault } from '@pnp/nodejs'
export { InjectHeaders } from '@pnp/queryable'
