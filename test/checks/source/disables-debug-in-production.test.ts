import check from '../../../src/checks/source/disables-debug-in-production.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { absenceCases } from '../../helpers/source-evidence.js';

judgeCases(check, absenceCases('debug'));
