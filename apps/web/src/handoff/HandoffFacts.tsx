import type { CaseDetail } from '#contracts';
import { firstName } from '../case/caseContext.js';
import { useWords } from '../i18n/Words.js';
import { day, daysBetween, whole } from '../i18n/moments.js';
import { earlierEta, type WholeHandoff } from './handoff.rules.js';
import styles from './Handoff.module.css';

interface Props {
  handoff: WholeHandoff;
  detail: CaseDetail;
}

/** The day they named, and by how much it slipped. */
const Eta = ({ handoff }: Pick<Props, 'handoff'>) => {
  const { t, intl } = useWords();
  const { etaAt } = handoff;
  if (!etaAt) return <>{t('handoff.eta.none')}</>;
  const before = earlierEta(handoff);
  const slipped = before ? daysBetween(intl, before, etaAt) : 0;
  return (
    <>
      {before ? (
        <s title={whole(intl, before)}>
          <span className="visually-hidden">{t('handoff.eta.before')} </span>
          {day(intl, before)}
        </s>
      ) : null}{' '}
      <span title={whole(intl, etaAt)}>{day(intl, etaAt)}</span>{' '}
      {slipped > 0 ? <span className={styles.slip}>{t('handoff.eta.slipped', { days: slipped })}</span> : null}
    </>
  );
};

/** Who works on it, until when, and who answers to the customer for it. */
export const HandoffFacts = ({ handoff, detail }: Props) => {
  const { t } = useWords();
  const { direction, engineer, acceptedAt, toldAt, state, partner } = handoff;
  const ours = detail.assignee?.displayName ?? t('handoff.us');
  const name = firstName(detail.customer.displayName);
  const theirs = detail.answeredBy?.id === partner.id;
  if (state === 'draft') return <p className={styles.quiet}>{handoff.ask}</p>;
  return (
    <dl className={styles.facts}>
      {engineer ? (
        <>
          <dt>{t('handoff.engineer')}</dt>
          <dd>
            {engineer.name}
            {engineer.phone ? (
              <>
                {' · '}
                <a href={`tel:${engineer.phone.replace(/[^+\d]/gu, '')}`}>{engineer.phone}</a>
              </>
            ) : null}
            {engineer.email ? (
              <>
                {' · '}
                <a href={`mailto:${engineer.email}`}>{engineer.email}</a>
              </>
            ) : null}
          </dd>
        </>
      ) : null}
      <dt>{t('handoff.eta')}</dt>
      <dd>
        <Eta handoff={handoff} />
      </dd>
      <dt>{t('handoff.accountable', { name })}</dt>
      <dd>{theirs ? partner.name : ours}</dd>
      {direction === 'out' && acceptedAt && !toldAt ? (
        <dd className={styles.untold}>{t('handoff.untold', { name, partner: partner.name })}</dd>
      ) : null}
    </dl>
  );
};
