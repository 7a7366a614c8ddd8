import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight, Download } from 'lucide-react';
import { useState } from 'react';
import type { UnmetDemand } from '#contracts';
import { addressOf } from '../api/http.js';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { Switch } from '../app/Page.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { day } from '../i18n/moments.js';
import { weekly } from './demand.rules.js';
import { DemandRows } from './DemandRows.js';
import { demandQuery } from './loanerRequests.js';
import { nameOf } from './loanWords.js';
import { SendSome } from './SendSome.js';
import styles from './Demand.module.css';

const SPANS = ['4', '8', '26'] as const;
const DAY_MS = 86_400_000;
const keyOf = ({ store, model }: UnmetDemand): string => `${store.id}.${model?.id ?? 'any'}`;

/** How often in each week, as bars; what they say is in the words beside them. */
const Weeks = ({ wish, to, span }: { wish: UnmetDemand; to: string; span: number }) => {
  const { t, intl } = useWords();
  const weeks = weekly(wish.weeks, to, span + 1);
  const most = Math.max(...weeks.map(({ count }) => count), 1);
  return (
    <span className={styles.weeks} aria-hidden>
      {weeks.map(({ week, count }) => (
        <i
          key={week}
          title={t('loaners.demand.week', { week: day(intl, `${week}T12:00:00Z`), count })}
          data-none={count === 0 || undefined}
          style={{ height: `${Math.max(8, Math.round((count / most) * 100))}%` }}
        />
      ))}
    </span>
  );
};

interface RowProps {
  wish: UnmetDemand;
  to: string;
  span: number;
  chosen: boolean;
  onChoose: () => void;
  onSend: () => void;
}

const Row = ({ wish, to, span, chosen, onChoose, onSend }: RowProps) => {
  const { t, intl } = useWords();
  const free = wish.spare.reduce((sum, each) => sum + each.free, 0);
  return (
    <tr data-chosen={chosen || undefined}>
      <th scope="row">
        <button type="button" className={styles.choose} aria-pressed={chosen} onClick={onChoose}>
          {wish.store.name}
          <small>{wish.model ? nameOf(wish.model) : t('loaners.demand.any')}</small>
        </button>
      </th>
      <td className={styles.wide}>
        <Weeks wish={wish} to={to} span={span} />
      </td>
      <td data-number>{intl.formatNumber(wish.count)}</td>
      <td data-number data-some={wish.waiting > 0 || undefined}>
        {intl.formatNumber(wish.waiting)}
      </td>
      <td className={styles.deed}>
        {free > 0 ? (
          <Button size="xs" leftSection={<ArrowLeftRight size={14} />} onClick={onSend}>
            {t('loaners.demand.spare', { count: free })}
          </Button>
        ) : (
          <small>{t('loaners.demand.spare.none')}</small>
        )}
      </td>
    </tr>
  );
};

const HEADS = ['where', 'weeks', 'times', 'waiting', 'spare'] as const;

/** Where a loaner was wanted and none was there, who still waits, and from where some can be sent. */
export const Demand = ({ storeId }: { storeId: string | undefined }) => {
  const { t } = useWords();
  const [span, setSpan] = useState<(typeof SPANS)[number]>('8');
  const [chosen, setChosen] = useState<string | null>(null);
  const [sending, setSending] = useState<UnmetDemand | null>(null);
  const [now] = useState(() => new Date(Math.ceil(Date.now() / 60_000) * 60_000));
  const from = new Date(now.getTime() - Number(span) * 7 * DAY_MS).toISOString();
  const filters = { from, ...(storeId ? { storeId } : {}) };
  const { data, isError, error, refetch } = useQuery(demandQuery(filters));
  const one = data?.items.find((wish) => keyOf(wish) === chosen);
  const rows = { ...filters, ...(one ? { storeId: one.store.id, modelId: one.model?.id ?? 'any' } : {}) };
  return (
    <>
      <div className={styles.head}>
        <Switch
          label={t('loaners.demand.span')}
          value={span}
          options={SPANS.map((value) => ({ value, words: t('loaners.demand.span.weeks', { count: Number(value) }) }))}
          onSwitch={setSpan}
        />
        <Button
          component="a"
          size="xs"
          leftSection={<Download size={14} />}
          href={addressOf('/loaners/demand/rows.csv', rows)}
          download
        >
          {t('loaners.demand.csv')}
        </Button>
      </div>
      {isError ? <Trouble what={t('loaners.demand')} error={error} onRetry={() => void refetch()} /> : null}
      {!data && !isError ? <Bone width="100%" height={160} /> : null}
      {data?.items.length === 0 ? (
        <Empty title={t('loaners.demand.none')} lead={t('loaners.demand.none.lead')} />
      ) : null}
      {data && data.items.length > 0 ? (
        <section className={styles.scroll} tabIndex={0} aria-label={t('loaners.demand')}>
          <table className={styles.table}>
            <thead>
              <tr>
                {HEADS.map((head) => (
                  <th
                    key={head}
                    scope="col"
                    data-number={head === 'times' || head === 'waiting' || undefined}
                    className={head === 'weeks' ? styles.wide : undefined}
                  >
                    {t(`loaners.demand.head.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.items.map((wish) => (
                <Row
                  key={keyOf(wish)}
                  wish={wish}
                  to={data.to}
                  span={Number(span)}
                  chosen={wish === one}
                  onChoose={() => setChosen(wish === one ? null : keyOf(wish))}
                  onSend={() => setSending(wish)}
                />
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      {data && data.items.length > 0 ? <DemandRows filters={rows} of={one} /> : null}
      {sending ? <SendSome wish={sending} onClose={() => setSending(null)} /> : null}
    </>
  );
};
