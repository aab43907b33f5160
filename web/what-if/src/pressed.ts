// A press counts where it began and ended: what would push a button away from beneath the pointer waits until it is let go.

/** Resolves once no button or link beside `part` is pressed. A slider is no button: what it moves follows at once. */
export async function letGo(part: Element): Promise<void> {
  const root = part.getRootNode() as Document | ShadowRoot | Element;
  while (root.querySelector(":is(a, button, summary):active")) await new Promise(requestAnimationFrame);
}
