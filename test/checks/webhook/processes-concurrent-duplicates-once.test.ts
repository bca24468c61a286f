import check from '../../../src/checks/webhook/processes-concurrent-duplicates-once.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { duplicateCases } from '../../helpers/receiver-evidence.js';

judgeCases(
  check,
  duplicateCases('overlapping duplicates', (evidence) => evidence),
);
