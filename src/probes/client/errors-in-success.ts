import { lack } from '../../evidence/unlock.js';
import { scenario } from '../../lanes/scenario.js';
import { scriptOf, step } from '../../proxy/arm.js';
import { errorInSuccess } from '../../proxy/error-in-success.js';
import { defineClientProbe } from '../define.js';

export default defineClientProbe({
  key: 'client.errors-in-success',
  says: 'answering your client with 200 and an error in the body',
  after: ['client.control'],
  settings: ['contract.errors.inSuccess.pointer'],
  runs: 1,
  missing({ contract }) {
    if (contract.errors?.inSuccess === false)
      return lack('an API that reports errors in 2xx answers (contract.errors.inSuccess is false)');
    return errorInSuccess(contract) === null
      ? lack('contract.errors.inSuccess (pointer)', 'contract.errors.inSuccess.pointer')
      : null;
  },
  async run({ target }, lanes) {
    const answer = errorInSuccess(target.contract);
    const { contentType = 'application/json', body } = answer ?? {};
    const fault = { status: 200, headers: { 'Content-Type': contentType }, body };
    return { runs: await lanes.run([scenario('200 with an error', scriptOf(step('status', fault, null)))]) };
  },
});
