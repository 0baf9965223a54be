/** Whether this is `npm run test:soak`. */
export const isSoak = process.env['SOAK'] === '1'

/**
 * How many rounds a soak runs: all of them in `npm run test:soak`, and a share of them in `npm test`, where the
 * same promise is checked with fewer random cases.
 */
export const soakRounds = ({ whole, share }: { readonly whole: number; readonly share: number }): number =>
  isSoak ? whole : share
