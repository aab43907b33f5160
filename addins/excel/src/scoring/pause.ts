/** To be awaited often inside long work: gives the thread to others when it was held for a while, and stops when told to. */
export type Pause = () => Promise<void> | void;

const held = 12; // ms: a frame, with room for what else happens in it

/** Thrown where nobody waits for the answer any more. */
export class Stopped extends Error {}

export function pausing(isStopped: () => boolean = () => false): Pause {
  let since = performance.now();
  return () => {
    if (isStopped()) throw new Stopped();
    if (performance.now() - since < held) return;
    return others().then(() => {
      since = performance.now();
      if (isStopped()) throw new Stopped();
    });
  };
}

/** A message to oneself comes back after what else waits; a timer would wait at least 4 ms. */
export function others(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
