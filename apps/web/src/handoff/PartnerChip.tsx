import { Building2 } from 'lucide-react';
import { isLiveHandoff, type CaseDetail } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { useHandoffs } from './useHandoffs.js';
import { useStateText } from './useStateText.js';
import styles from './PartnerHead.module.css';

interface Props {
  detail: CaseDetail;
  /** Opens the panel where it is not on the screen. */
  onContext: (() => void) | null;
}

/** The panel to the top of what holds it; the page itself stays where it is. */
const bringUp = () => {
  const panel = document.getElementById('handoffs');
  const holder = panel?.closest('aside');
  if (panel && holder) holder.scrollTop += panel.getBoundingClientRect().top - holder.getBoundingClientRect().top - 12;
};

/** Who else has a part in the case, by name; the way to what they have. */
export const PartnerChip = ({ detail, onContext }: Props) => {
  const { t } = useWords();
  const stateText = useStateText();
  const { items } = useHandoffs(detail);
  const live = detail.handoffs.filter(({ state }) => isLiveHandoff(state));
  if (live.length === 0) return null;
  const names = [...new Set(live.map(({ partnerName }) => partnerName))].join(', ');
  const states = live.flatMap(({ id, partnerName }) => {
    const handoff = items.find((each) => each.id === id);
    return handoff ? [`${partnerName}: ${stateText(handoff)}`] : [];
  });
  const label = t('handoff.chip', { names });
  const show = () => (onContext ? onContext() : bringUp());
  return (
    <button
      type="button"
      className={styles.chip}
      aria-label={label}
      title={[label, ...states].join('\n')}
      onClick={show}
    >
      <Building2 size={13} aria-hidden />
      <span>{names}</span>
    </button>
  );
};
