// The zoo of receivers: small programs under fixtures/receivers, saints and those with one sin each.
import { RECEIVERS } from './receiver-facts.js';

export { RECEIVERS };

export type ReceiverName = keyof typeof RECEIVERS;

/** The receiver that `demo` runs unless told otherwise. */
export const GOOD_RECEIVER: ReceiverName = 'sound';

/** What starts it; `root`: folder of the package, with a slash at its end. */
export function receiverCommand(receiver: ReceiverName, root: string): string[] {
  const path = `${root}fixtures/receivers/${receiver}`;
  return receiver.endsWith('.py') ? ['python3', path] : [process.execPath, `${path}.mjs`];
}
