// Longest first, so that no worker is idle at the end. Judges last and in a row: their worker is kept from one to the
// next only so.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONG = ['test/matrix/clients', 'test/real/service', 'test/matrix/', 'test/real/'];
const SHORT = 'test/checks/';

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((part) => moduleId.includes(part));
      if (at >= 0) return at;
      return moduleId.includes(SHORT) ? LONG.length + 1 : LONG.length;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
