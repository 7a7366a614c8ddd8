import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { amountText, isBenefitOver, type CaseDetail } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Trouble } from '../app/Trouble.js';
import { openCaseDialog } from '../case/caseDialogs.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { BenefitLine } from './BenefitLine.js';
import { benefitsQuery } from './goodwillRequests.js';
import { Owed } from './Owed.js';
import styles from './Goodwill.module.css';

/** What stands, what is proposed and why, what was refused: the same for whoever opens the case. */
export const GoodwillPanel = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { data, isError, error, refetch } = useQuery(benefitsQuery(detail.id, detail.version));
  const fee = data?.fees[0]?.monthlyFeeCents ?? null;
  const items = (data?.items ?? []).filter(({ state }) => state !== 'cancelled');
  const sorted = items.toSorted((a, b) => Number(isBenefitOver(a.state)) - Number(isBenefitOver(b.state)));
  const { cents, currency } = data?.left ?? { cents: null, currency: 'EUR' };
  return (
    <section aria-labelledby="goodwill">
      <h3 id="goodwill">
        {t('benefit.title')}
        {data?.without ? <span>{t('benefit.without', { days: data.without.days })}</span> : null}
      </h3>
      {isError && !data ? <Trouble what={t('benefit.title')} error={error} onRetry={() => void refetch()} /> : null}
      {!data && !isError ? <Bone width="80%" /> : null}
      <p className={styles.why}>{t('compensation.apart')}</p>
      <div className={styles.sides}>
        <div className={styles.side} role="group" aria-labelledby="given">
          <h4 id="given">{t('compensation.given')}</h4>
          {sorted.length > 0 ? (
            <ul className={styles.list}>
              {sorted.map((benefit) => (
                <BenefitLine key={benefit.id} benefit={benefit} fee={fee} />
              ))}
            </ul>
          ) : null}
          {data && sorted.length === 0 ? <p className={styles.why}>{t('benefit.none')}</p> : null}
          {data?.canGive ? (
            <div className={styles.foot}>
              <Button size="xs" onClick={() => openCaseDialog({ name: 'benefit' })}>
                {t('benefit.give')}
              </Button>
              <span className={styles.why}>
                {cents === null
                  ? t('benefit.left.all')
                  : t('benefit.left', { amount: amountText(cents, currency, language) })}
              </span>
            </div>
          ) : null}
        </div>
        <Owed detail={detail} canGive={data?.canGive ?? false} />
      </div>
    </section>
  );
};
