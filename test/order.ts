// Longest first, so that no worker is idle at the end.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONG = ['test/matrix/clients', 'test/matrix/', 'test/real/'];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((part) => moduleId.includes(part));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
