import check from '../../../src/checks/webhook/rejects-tampered-bodies.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { refusalCases } from '../../helpers/receiver-evidence.js';

judgeCases(check, refusalCases('tampered'));
