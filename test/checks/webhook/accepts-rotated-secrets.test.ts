import check from '../../../src/checks/webhook/accepts-rotated-secrets.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { goodCases } from '../../helpers/receiver-evidence.js';

judgeCases(check, goodCases('webhook.rotation'));
