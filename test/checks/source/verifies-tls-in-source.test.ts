import check from '../../../src/checks/source/verifies-tls-in-source.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { absenceCases } from '../../helpers/source-evidence.js';

judgeCases(check, absenceCases('tls-off'));
