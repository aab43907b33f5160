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
