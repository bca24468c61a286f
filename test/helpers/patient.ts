const MORE_TRIES = 2;

/** A busy machine rightly leaves verdicts open: then it runs again. A wrong verdict is not asked twice. */
export async function untilJudged<T>(run: () => Promise<T>, isOpen: (result: T) => boolean): Promise<T> {
  let result = await run();
  for (let tries = 0; tries < MORE_TRIES && isOpen(result); tries += 1) result = await run();
  return result;
}
