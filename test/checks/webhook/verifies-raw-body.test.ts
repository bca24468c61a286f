import check from '../../../src/checks/webhook/verifies-raw-body.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { goodCases } from '../../helpers/receiver-evidence.js';

judgeCases(check, goodCases('webhook.forms'));
