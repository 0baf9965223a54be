import type { Context, MiddlewareOptions } from '@microsoft/microsoft-graph-client'

/** How many requests the service serves at once for one of ours: those of a batch that it runs side by side. */
export class RequestWeight implements MiddlewareOptions {
  readonly weight: number

  constructor(weight: number) {
    this.weight = weight
  }
}

/** 1 where the request does not say. */
export const weightOf = ({ middlewareControl }: Context): number => {
  const option = middlewareControl?.getMiddlewareOptions(RequestWeight)
  return option instanceof RequestWeight ? option.weight : 1
}
