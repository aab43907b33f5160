/** A message: the finding first (shown strong), then what follows from it. */
export interface Message {
  head: string;
  text: string;
}
