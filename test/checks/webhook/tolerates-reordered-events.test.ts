import check from '../../../src/checks/webhook/tolerates-reordered-events.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { goodCases } from '../../helpers/receiver-evidence.js';

judgeCases(check, goodCases('webhook.order'));
