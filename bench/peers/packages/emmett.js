/** The part of Emmett that is used. This file is here so that the import finds the package in `bench/peers`. */
export { getSQLiteEventStore } from '@event-driven-io/emmett-sqlite'
