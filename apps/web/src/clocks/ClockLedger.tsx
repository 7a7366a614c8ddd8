import { Popover, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CaseClock, CaseDetail } from '#contracts';
import { useNow } from '../app/now.js';
import { moment } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { spanOf } from '../inbox/due.rules.js';
import { RowChip } from '../inbox/RowChip.js';
import { clocksQuery } from './clockRequests.js';
import { usePeek } from './usePeek.js';
import styles from './ClockLedger.module.css';

const MINUTE_MS = 60_000;

const useSpan = () => {
  const { t } = useWords();
  return (ms: number) => {
    const { unit, ...values } = spanOf(Math.abs(ms));
    return t(`span.${unit}`, values);
  };
};

/** How a clock stands, in words. */
const Standing = ({ clock }: { clock: CaseClock }) => {
  const { t } = useWords();
  const now = useNow();
  const span = useSpan();
  const counted = () => span((clock.ledger.at(-1)?.businessMinutes ?? 0) * MINUTE_MS);
  const words = () => {
    if (clock.state === 'met') return t('clock.met', { span: counted() });
    if (clock.state === 'ended') return t('clock.ended');
    if (clock.state === 'paused') return t('wait.for', { reason: t(`wait.${clock.pausedFor ?? 'customer'}`) });
    const left = Date.parse(clock.dueAt ?? '') - now;
    return left < 0 ? t('due.breached', { span: span(left) }) : t('clock.left', { span: span(left) });
  };
  return (
    <span className={styles.state} data-look={clock.state}>
      {words()}
    </span>
  );
};

const Lines = ({ clock }: { clock: CaseClock }) => {
  const { t, intl } = useWords();
  const span = useSpan();
  return (
    <ol className={styles.lines}>
      {clock.ledger.map((line) => (
        <li key={`${line.type}${line.at}`}>
          <time dateTime={line.at}>{moment(intl, line.at)}</time>
          <span>
            {t(`clock.line.${line.type}`)}
            {line.reason ? ` · ${t(`wait.${line.reason}`)}` : null}
            {line.actor.kind === 'agent' ? ` · ${line.actor.name}` : null}
          </span>
          <span className={styles.counted}>{span(line.businessMinutes * MINUTE_MS)}</span>
        </li>
      ))}
    </ol>
  );
};

const Clocks = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const { data, isError } = useQuery(clocksQuery(detail.id, detail.version));
  if (isError) return <p className={styles.quiet}>{t('clock.unread')}</p>;
  if (!data) return <p className={styles.quiet}>{t('clock.reading')}</p>;
  if (data.items.length === 0) return <p className={styles.quiet}>{t('clock.none')}</p>;
  return data.items.map((clock) => (
    <section key={`${clock.metric}${clock.side}${clock.round}`} className={styles.clock}>
      <h3>
        {t(`clock.${clock.metric}`)}
        <small>
          {clock.handoff
            ? t('clock.side.handoff', { partner: clock.handoff.partnerName, reference: clock.handoff.reference })
            : t(`clock.side.${clock.side}`)}
        </small>
        <Standing clock={clock} />
      </h3>
      <Lines clock={clock} />
    </section>
  ));
};

/** The nearest due time; on it, every clock of the case with all that happened to it. */
export const ClockLedger = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const { opened, held, toggle, close, rests } = usePeek();
  return (
    <Popover
      opened={opened}
      onChange={(is) => (is ? undefined : close())}
      position="bottom-start"
      width={400}
      shadow="md"
      trapFocus={held}
      returnFocus={held}
    >
      <Popover.Target>
        <button type="button" className={styles.target} aria-expanded={opened} onClick={toggle} {...rests}>
          <RowChip row={detail} />
          <VisuallyHidden>{t('clock.open')}</VisuallyHidden>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.ledger} role="region" aria-label={t('clock.all')} tabIndex={0} {...rests}>
        {opened ? <Clocks detail={detail} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
};
