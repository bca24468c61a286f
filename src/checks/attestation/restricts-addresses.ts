import { notApplicable } from '../define.js';
import { receptionOf } from '../shared/addresses.js';
import { defineAttestation } from '../shared/attestation.js';

export default defineAttestation({
  id: 'restricts-addresses',
  topic: 'Access',
  title: 'Limiting the key to your own addresses was decided on',
  why: 'A key that works from your own addresses alone is of no use to whoever steals it.',
  fix: 'Have the provider limit the live key to your addresses, or note why that cannot be, and who decided so.',
  refs: ['https://developer.runa.io/best-practices/security'],
  wants: ['endpoint.addresses'],
  question:
    'Has the provider limited the live key to your own addresses, or was it decided, for a reason, to go without that?',
  shownBy: 'the ticket of the account manager with the addresses, or the decision with its reason and who took it',

  unless({ vantages = [] }, contract) {
    const received = vantages.map((one) => ({ ...one, as: receptionOf(one.call, contract) }));
    const control = received.find(({ listed, as }) => listed && as === 'served');
    const other = received.find(({ listed, as }) => !listed && ['served', 'otherwise', 'refused'].includes(as));
    if (control === undefined || other === undefined) return null;
    return notApplicable(
      'observed',
      `Applies where no second vantage point shows it: rejects-unlisted-address judges what ${other.name} was answered.`,
      [control.call, other.call],
    );
  },
});
