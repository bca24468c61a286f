// Operations that take long (poll): the stub's answer to the reads of their status.
import type { Endpoint, Operation } from '../config/schema.js';
import { setPointer } from '../evidence/pointer.js';
import { jsonAnswer } from '../proxy/answers.js';
import { type StubOperation, stubOperation } from '../proxy/stub.js';

type Poll = NonNullable<Operation['poll']>;

/** Name under which the reads of an operation's status are recorded. */
export function statusReadOf(operation: string): string {
  return `status of ${operation}`;
}

/** Under way for so many reads, then done. A look-up that is configured under the same path gives the sample. */
export function statusRead(
  operation: string,
  { path, status, pending, done, failed = [] }: Poll,
  known: readonly StubOperation[],
  pendingReads = 0,
): StubOperation {
  let reads = 0;
  const shape = (one: string) => one.replace(/\{\{?[^{}]*\}\}?/g, '{}');
  const well = done.find((one) => !failed.includes(one)) ?? done[0];
  const sample = known.find((one) => one.method === 'GET' && shape(one.path) === shape(path))?.answer ?? {};
  return {
    name: statusReadOf(operation),
    method: 'GET',
    path,
    respond() {
      reads += 1;
      return jsonAnswer(200, setPointer(sample, status, reads > pendingReads ? well : pending));
    },
  };
}

/** Every configured operation, and the status reads that belong to them, done at once. */
export function configuredOperations(endpoint: Endpoint | undefined): StubOperation[] {
  const entries = Object.entries(endpoint?.operations ?? {});
  const operations = entries.map(([name, operation]) => stubOperation(name, operation));
  const reads = entries.flatMap(([name, { poll }]) => (poll === undefined ? [] : [statusRead(name, poll, operations)]));
  return [...reads, ...operations];
}
