import { Link } from '@tanstack/react-router';
import type { CaseDetail } from '#contracts';
import { CardHead, CardPanel } from '../customer/CardPanel.js';
import { ContactPoints } from '../customer/ContactPoints.js';
import { CustodyPanel } from '../custody/CustodyPanel.js';
import { DevicesPanel } from '../devices/DevicesPanel.js';
import { HandoffPanel } from '../handoff/HandoffPanel.js';
import { useWords } from '../i18n/Words.js';
import { day, moment, whole } from '../i18n/moments.js';
import { LoanPanel } from '../loaners/LoanPanel.js';
import { GoodwillPanel } from '../goodwill/GoodwillPanel.js';
import { MergesPanel } from '../merge/MergesPanel.js';
import { useDesk } from '../inbox/deskContext.js';
import { RepairsPanel } from '../repairs/RepairsPanel.js';
import { Problems } from '../story/Problems.js';
import styles from './CustomerContext.module.css';

/** The person behind the case: how to reach them, and what there was before. */
export const CustomerContext = ({ detail }: { detail: CaseDetail }) => {
  const { t, intl } = useWords();
  const { view } = useDesk();
  const { customer, otherCases } = detail;
  return (
    <div className={styles.context}>
      <section>
        <CardHead customer={customer} linked />
        <CardPanel customerId={customer.id} detail={detail} />
        <ContactPoints detail={detail} />
      </section>
      <Problems detail={detail} />
      <DevicesPanel detail={detail} />
      <RepairsPanel key={`repairs-${detail.id}`} detail={detail} />
      <HandoffPanel key={`handoffs-${detail.id}`} detail={detail} />
      <CustodyPanel key={`custody-${detail.id}`} detail={detail} />
      <LoanPanel detail={detail} />
      <GoodwillPanel key={`goodwill-${detail.id}`} detail={detail} />
      <section>
        <h3>{t('context.case')}</h3>
        <dl className={styles.facts}>
          <dt>{t('context.opened')}</dt>
          <dd title={whole(intl, detail.openedAt)}>{moment(intl, detail.openedAt)}</dd>
          {detail.closedAt ? (
            <>
              <dt>{t('context.closed')}</dt>
              <dd title={whole(intl, detail.closedAt)}>{moment(intl, detail.closedAt)}</dd>
            </>
          ) : null}
          <dt>{t('context.queue')}</dt>
          <dd>{detail.queue?.name ?? '—'}</dd>
          <dt>{t('context.priority')}</dt>
          <dd>{t(`priority.${detail.priority}`)}</dd>
        </dl>
      </section>
      <section>
        <h3>
          {t('context.others')} {otherCases.length > 0 ? <span>{intl.formatNumber(otherCases.length)}</span> : null}
        </h3>
        {otherCases.length === 0 ? <p className={styles.none}>{t('context.no_others')}</p> : null}
        <ul>
          {otherCases.map((other) => (
            <li key={other.id}>
              <Link
                to="/cases/$reference"
                params={{ reference: other.reference }}
                search={{ view }}
                className={styles.other}
              >
                <span>{other.problem ?? other.reference}</span>
                <small>
                  {t(`status.${other.status}`)} · {day(intl, other.openedAt)}
                </small>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <MergesPanel customer={customer} detail={detail} />
    </div>
  );
};
