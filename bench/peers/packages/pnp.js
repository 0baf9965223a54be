/** The part of PnPjs that is used. This file is here so that the import finds the package in `bench/peers`. */
import '@pnp/graph/users/index.js'
import '@pnp/graph/contacts/index.js'

export { graphfi } from '@pnp/graph'
export { GraphDefault } from '@pnp/nodejs'
export { InjectHeaders } from '@pnp/queryable'
