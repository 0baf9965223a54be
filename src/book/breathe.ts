/** Lets timers, sockets and whoever draws have their turn: steps that only await each other hold them up. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
