// A part of the page that is made anew after a change: focus stays on what has the same key, else goes to `otherwise`.
export function rebuild(root: HTMLElement, nodes: (Node | string)[], otherwise: HTMLElement): void {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.getAttribute("data-key");
  root.replaceChildren(...nodes);
  if (!focused) return;
  const typed = focused instanceof HTMLInputElement && focused.type === "text" ? focused : null;
  const again = key ? root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) : null;
  if (typed && again instanceof HTMLInputElement) again.value = typed.value; // not yet entered
  (again ?? otherwise).focus({ preventScroll: true });
}

/** Brings siblings into an order; the one with the focus stays where it is, since moving would take that away. */
export function arrange(order: readonly Element[]): void {
  if (order.every((one, i) => i === 0 || order[i - 1]!.nextElementSibling === one)) return;
  const at = Math.max(0, order.findIndex((one) => one.contains(document.activeElement)));
  order[at]!.before(...order.slice(0, at));
  order[at]!.after(...order.slice(at + 1));
}
