// The one way to make elements. No markup strings, so nothing a file or a user says can become markup.
type Child = Node | string | null | undefined | false;
type Value = string | number | boolean | null | undefined;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children.filter((c): c is Node | string => c !== null && c !== undefined && c !== false));
  return element;
}

/** The same for what is drawn. */
export function s(tag: string, attributes: Record<string, Value> = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children.filter((c): c is Node | string => c !== null && c !== undefined && c !== false));
  return element;
}

// The browser styles and lays out again what is written, the same or not: so only what differs is written.

/** `true` sets a bare attribute; `false`, `null` and `undefined` remove it. */
export function setAttribute(element: Element, name: string, value: Value): void {
  const text = value === false || value === null || value === undefined ? null : value === true ? "" : String(value);
  if (element.getAttribute(name) === text) return;
  if (text === null) element.removeAttribute(name);
  else element.setAttribute(name, text);
}

/** Custom properties through the object model: the page's policy forbids style attributes. */
export function setVariable(element: HTMLElement | SVGElement, name: `--${string}`, value: string): void {
  if (element.style.getPropertyValue(name) !== value) element.style.setProperty(name, value);
}

/** Where along its box the background of a mark is painted. A property of its own: styles that ask for a variable are found anew. */
export function setPlace(mark: HTMLElement, share: number): void {
  const place = `${Number((share * 100).toFixed(3))}%`; // as browsers give it back: of more digits they keep six
  if (mark.style.backgroundPositionX !== place) mark.style.backgroundPositionX = place;
}

export function setHidden(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}

/** Unchanged text is not announced either. */
export function setText(element: Element, text: string): void {
  const { firstChild } = element;
  if (element.textContent === text) return;
  if (text && firstChild instanceof Text && !firstChild.nextSibling) firstChild.data = text; // no other node to lay out
  else element.textContent = text;
}

/** Makes these nodes its content, for what is read only: where just words differ, just they are written. */
export function setContent(element: Element, content: readonly (Node | string)[]): void {
  const held = element.childNodes;
  if (held.length !== content.length || !content.every((node, i) => isAlike(held[i]!, node))) return element.replaceChildren(...content);
  for (const [i, node] of content.entries()) {
    const there = held[i]!;
    if (there instanceof Element) setContent(there, [...(node as Element).childNodes]);
    else if (there.textContent !== textOf(node)) there.textContent = textOf(node);
  }
}

const textOf = (node: Node | string): string => (typeof node === "string" ? node : (node.textContent ?? ""));

function isAlike(held: Node, node: Node | string): boolean {
  if (!(held instanceof Element)) return typeof node === "string" || node instanceof Text;
  return node instanceof Element && held.nodeName === node.nodeName && held.className === node.className;
}

/** A message with its finding in strong type. */
export function messageNodes(message: { head: string; text: string }): (Node | string)[] {
  return message.head ? [h("b", {}, message.head), ` ${message.text}`] : [message.text];
}
