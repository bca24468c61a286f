import check from '../../../src/checks/source/keeps-keys-server-side.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { absenceCases } from '../../helpers/source-evidence.js';

judgeCases(check, absenceCases('public-keys'));
