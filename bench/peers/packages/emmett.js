/** What is used of Emmett: an import from here finds what is installed here. */
export { getSQLiteEventStore } from '@event-driven-io/emmett-sqlite'
