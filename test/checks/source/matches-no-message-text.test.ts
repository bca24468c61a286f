import check from '../../../src/checks/source/matches-no-message-text.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { absenceCases } from '../../helpers/source-evidence.js';

judgeCases(check, absenceCases('message-text'));
