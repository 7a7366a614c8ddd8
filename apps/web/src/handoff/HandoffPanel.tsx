import { Plus } from 'lucide-react';
import type { CaseDetail } from '#contracts';
import { Bone } from '../app/Bone.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { isOver } from '../case/stage.rules.js';
import { useWords } from '../i18n/Words.js';
import { inOrder, isOpen } from './handoff.rules.js';
import { HandoffCard } from './HandoffCard.js';
import { openHandoffDialog } from './handoffDialogs.js';
import { useHandoffs } from './useHandoffs.js';
import styles from './Handoff.module.css';

/** Work of this case that other companies have, or that one of them gave us. */
export const HandoffPanel = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const may = useMay();
  const { items, isKnown, isError, error, refetch } = useHandoffs(detail);
  const works = may('handoff.work') && !isOver(detail.status);
  const all = inOrder(items);
  const open = all.filter(isOpen);
  const ended = all.filter((one) => !isOpen(one));
  const cards = (handoffs: typeof all) =>
    handoffs.map((handoff) => <HandoffCard key={handoff.id} handoff={handoff} detail={detail} works={works} />);
  return (
    <section aria-labelledby="handoffs">
      <h3 id="handoffs">
        {t('handoff.title')}
        {works ? (
          <button
            type="button"
            className={styles.add}
            aria-label={t('handoff.new')}
            title={t('handoff.new')}
            onClick={() => openHandoffDialog({ name: 'new' })}
          >
            <Plus size={14} aria-hidden />
          </button>
        ) : null}
      </h3>
      {isError ? <Trouble what={t('handoff.unread')} error={error} onRetry={() => void refetch()} /> : null}
      {!isKnown && !isError ? <Bone width="70%" height={14} /> : null}
      {isKnown && all.length === 0 ? <p className={styles.none}>{t('handoff.none')}</p> : null}
      {cards(open)}
      {ended.length > 0 ? (
        <details className={styles.ended}>
          <summary>{t('handoff.ended', { count: ended.length })}</summary>
          {cards(ended)}
        </details>
      ) : null}
    </section>
  );
};
