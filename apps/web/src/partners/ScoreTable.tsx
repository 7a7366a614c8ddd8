import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { HandoffMeasure, Scorecard } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import type { HandoffsSearch } from '../handoff/search.js';
import { useWords } from '../i18n/Words.js';
import { scorecardsQuery } from './partnerRequests.js';
import { FIGURES, minutesText, shareOf, type Figure } from './score.rules.js';
import styles from './Scores.module.css';

const DAYS = 90;

/** One figure; where there is something to count it opens just that. */
const Number = ({ card, figure }: { card: Scorecard; figure: Figure }) => {
  const { t, intl } = useWords();
  const opens = useMay()('handoff.work');
  const { partner } = card;
  if (figure === 'median') return <span>{minutesText(intl, card.medianAcknowledgeMinutes)}</span>;
  const isNow = figure === 'open' || figure === 'dead';
  const count = isNow ? card[figure] : card.counts[figure];
  const share = isNow ? null : shareOf(card, figure);
  const search: HandoffsSearch = isNow
    ? { ...(figure === 'dead' ? { show: 'dead' } : {}), partner: partner.id }
    : { show: 'all', partner: partner.id, measure: figure satisfies HandoffMeasure, days: DAYS };
  const text = intl.formatNumber(count);
  return (
    <>
      {count > 0 && opens ? (
        <Link
          to="/handoffs"
          search={search}
          aria-label={t('score.figure', { name: partner.name, what: t(`score.${figure}`), count })}
        >
          {text}
        </Link>
      ) : (
        <span>{text}</span>
      )}
      {share === null ? null : (
        <small>{intl.formatNumber(share, { style: 'percent', maximumFractionDigits: 0 })}</small>
      )}
    </>
  );
};

/** How each company does, side by side. */
export const ScoreTable = () => {
  const { t } = useWords();
  const { data, isError, error, refetch } = useQuery(scorecardsQuery);
  if (isError && !data) return <Trouble what={t('score.unread')} error={error} onRetry={() => void refetch()} />;
  if (!data) return <Bone width="90%" height={96} />;
  if (data.items.length === 0) return <Empty title={t('partner.none')} lead={t('partner.none.lead')} />;
  return (
    <div className={styles.scroll} role="region" aria-label={t('score.title')} tabIndex={0}>
      <table className={styles.scores}>
        <thead>
          <tr>
            <th scope="col">{t('score.partner')}</th>
            {FIGURES.map((figure) => (
              <th key={figure} scope="col" title={t(`score.${figure}.what`)}>
                <span>{t(`score.${figure}`)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.items.map((card) => (
            <tr key={card.partner.id}>
              <th scope="row">
                <Link to="/partners" search={{ id: card.partner.id }}>
                  {card.partner.name}
                </Link>
                <small>{t(`partner.kind.${card.partner.kind}`)}</small>
              </th>
              {FIGURES.map((figure) => (
                <td key={figure}>
                  <Number card={card} figure={figure} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** How one company does. Its place is kept while it is read. */
export const ScoreBlock = ({ partnerId }: { partnerId: string }) => {
  const { t } = useWords();
  const { data, isError } = useQuery(scorecardsQuery);
  const card = data?.items.find(({ partner }) => partner.id === partnerId);
  if (isError || (data && !card)) return null;
  return (
    <section aria-label={t('score.title')} aria-busy={!card}>
      <dl className={styles.block}>
        {FIGURES.map((figure) => (
          <div key={figure} title={t(`score.${figure}.what`)}>
            <dt>{t(`score.${figure}`)}</dt>
            <dd>{card ? <Number card={card} figure={figure} /> : <Bone width="32px" />}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
