import type { Contender } from './contender.ts'

/** The compared clients, by their names in tables. Each is loaded only in the process that runs it. */
export const contenders = {
  'device-contacts': () => import('./ours.ts').then(({ ours }) => ours),
  'Graph SDK': () => import('./graph-sdk.ts').then(({ graphSdk }) => graphSdk),
  PnPjs: () => import('./pnp.ts').then(({ pnp }) => pnp),
} satisfies Record<string, () => Promise<Contender>>

export type ContenderName = keyof typeof contenders
export const contenderNames = Object.keys(contenders) as ContenderName[]
