// Longest first, so that no worker is idle at the end. Files that share a worker last and in a row: it is kept from one to
// the next only so. Of these, first those that start processes: the more memory a worker holds, the longer each start takes.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONG = ['test/matrix/clients', 'test/real/service', 'test/matrix/', 'test/redaction/canaries', 'test/real/'];
const LONG_OF_SHARED = [
  'test/cli/cli',
  'test/lanes/survivors',
  'test/receiver/',
  'test/source/',
  'test/cli/',
  'test/lanes/',
  'test/probes/',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) => {
      const isShared = project.name === 'shared';
      const long = isShared ? LONG_OF_SHARED : LONG;
      const at = long.findIndex((part) => moduleId.includes(part));
      return (isShared ? LONG.length + 1 : 0) + (at >= 0 ? at : long.length);
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
