/** Resolves when the page has nothing else to do; Safari does not tell, there it is a moment later. */
export const soon = (): Promise<unknown> =>
  new Promise((resolve) => ("requestIdleCallback" in globalThis ? requestIdleCallback(resolve) : setTimeout(resolve, 50)));
