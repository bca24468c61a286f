// What must not outlive this process, however it ends: its exit, a crash, a signal that nobody waits for.
const tasks = new Set<() => void>();
process.on('exit', runAtEnd);

/** Runs `task`, which must be quick and synchronous, when the process ends; the result takes it back. */
export function atEnd(task: () => void): () => void {
  tasks.add(task);
  return () => tasks.delete(task);
}

const hurried = new Set<() => void>();

/** Runs `task` when somebody asks for the end a second time: what an orderly stop waits for may go at once. */
export function inHurry(task: () => void): void {
  hurried.add(task);
}

export function hurry(): void {
  for (const task of hurried) task();
}

/** Before a signal ends the process, for which there is no `exit` event. */
export function runAtEnd(): void {
  for (const task of tasks) {
    try {
      task();
    } catch {
      // What cannot be undone must not keep the rest from it.
    }
  }
  tasks.clear();
}
