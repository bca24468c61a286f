import check from '../../../src/checks/source/keeps-secrets-out-of-bundles.js';
import { judgeCases } from '../../helpers/judge-cases.js';
import { secretCases } from '../../helpers/source-evidence.js';

judgeCases(check, secretCases('source.bundles'));
