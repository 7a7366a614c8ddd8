import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, FileText, Tag } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { IntakeOutcome } from '#contracts';
import { firstName } from '../case/caseContext.js';
import { labelUrl } from '../custody/custodyRequests.js';
import { partnersQuery } from '../handoff/handoffRequests.js';
import { useWords } from '../i18n/Words.js';
import { QrCode } from '../tracking/QrCode.js';
import { codeQuery } from '../tracking/trackingRequests.js';
import { receiptUrl } from './counterRequests.js';
import { useKeeper, useSnapshot, useValues } from './keep/useIntake.js';
import { useWho } from './keep/useWho.js';
import styles from './Done.module.css';

/** Done: the reference large enough to be read across the counter, its code to be photographed, the receipt. */
export const Done = ({ outcome }: { outcome: IntakeOutcome }) => {
  const { t } = useWords();
  const keeper = useKeeper();
  const { intake } = useSnapshot(keeper);
  const { name, language, detail } = useWho();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const code = useQuery(codeQuery(outcome.caseId)).data;
  const { caseReference, handoffId, legId } = outcome;
  const takerId = useValues()['take.partnerId'];
  const partners = useQuery({ ...partnersQuery, enabled: handoffId !== null }).data?.items ?? [];
  const taker = partners.find(({ id }) => id === takerId);
  return (
    <div className={styles.done}>
      <CircleCheck size={48} aria-hidden />
      <h1 ref={title} tabIndex={-1}>
        {t(intake?.kind === 'pick_up' ? 'done.pick_up' : 'visit.done')}
      </h1>
      <p>
        {t(detail?.status === 'closed' ? 'done.closed' : 'visit.done.joined', {
          name: firstName(name ?? t('counter.somebody')),
        })}
      </p>
      {handoffId && taker ? <p>{t('done.handed', { partner: taker.name })}</p> : null}
      <output aria-label={t('visit.reference')}>{caseReference}</output>
      <div className={styles.code}>
        {code ? <QrCode text={code.url} label={t('code.image', { reference: caseReference })} size={180} /> : null}
      </div>
      <div className={styles.deeds}>
        <a href={receiptUrl(keeper.id, language)} target="_blank" rel="noreferrer">
          <FileText size={20} aria-hidden /> {t('done.receipt')}
        </a>
        {legId ? (
          <a href={labelUrl(legId)} target="_blank" rel="noreferrer">
            <Tag size={20} aria-hidden /> {t('done.label')}
          </a>
        ) : null}
        <Link to="/cases/$reference" params={{ reference: caseReference }} search={{ view: 'open' }}>
          {t('visit.see')}
        </Link>
        <Link to="/visit" className={styles.main}>
          {t('visit.next')}
        </Link>
      </div>
    </div>
  );
};
