import type { Contender } from './contender.ts'

/** Who is compared, by the name in tables: each is loaded only in the process that runs it. */
export const contenders = {
  'device-contacts': () => import('./ours.ts').then(({ ours }) => ours),
  'Graph SDK': () => import('./graph-sdk.ts').then(({ graphSdk }) => graphSdk),
  PnPjs: () => import('./pnp.ts').then(({ pnp }) => pnp),
} satisfies Record<string, () => Promise<Contender>>

export type ContenderName = keyof typeof contenders
export const contenderNames = Object.keys(contenders) as ContenderName[]
