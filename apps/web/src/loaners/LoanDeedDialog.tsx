import type { CaseDetail, Loan } from '#contracts';
import { ChargeForm } from './ChargeForm.js';
import { ExtendForm } from './ExtendForm.js';
import { HandForm } from './HandForm.js';

export interface DeedProps {
  loan: Loan;
  detail: CaseDetail;
  onClose: () => void;
}

interface Props extends DeedProps {
  deed: 'lend' | 'take-back' | 'extend' | 'cancel' | 'swap' | 'lost' | 'damaged';
}

/** One deed on a loan, in a form of its own. */
export default function LoanDeedDialog({ deed, ...rest }: Props) {
  if (deed === 'extend' || deed === 'cancel') return <ExtendForm deed={deed} {...rest} />;
  if (deed === 'lost' || deed === 'damaged') return <ChargeForm deed={deed} {...rest} />;
  return <HandForm deed={deed} {...rest} />;
}
