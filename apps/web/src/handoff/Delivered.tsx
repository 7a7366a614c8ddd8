import { Button } from '@mantine/core';
import { Ban, Check, CircleAlert, Clock } from 'lucide-react';
import { useState } from 'react';
import type { HandoffEntry } from '#contracts';
import { Confirm } from '../app/Confirm.js';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import type { WholeHandoff } from './handoff.rules.js';
import { dropDelivery, resendDelivery } from './handoffRequests.js';
import { useHandoffDeed } from './useHandoffDeed.js';
import styles from './Handoff.module.css';

interface Props {
  handoff: WholeHandoff;
  entry: HandoffEntry;
}
type Delivery = HandoffEntry['deliveries'][number];

/** It did not reach them: it goes again, or is given up. Not the first of all, unless they have it: without it they know of nothing. */
const Dead = ({ handoff, entry, dead }: Props & { dead: Delivery }) => {
  const { t } = useWords();
  const may = useMay();
  const { run, settled, busy } = useHandoffDeed();
  const [asking, setAsking] = useState(false);
  const partner = handoff.partner.name;
  // It ends unanswered from when it has reached them on.
  const reached = handoff.expiresAt !== null || handoff.acknowledgedAt !== null;
  return (
    <div className={styles.dead} role="alert">
      <CircleAlert size={14} aria-hidden />
      <span>
        {t('handoff.dead', { partner, attempts: dead.attempts })}
        {dead.error ? <small>{dead.error}</small> : null}
      </span>
      <div className={styles.deadDeeds}>
        {may('handoff.work') ? (
          <Button size="xs" loading={busy} onClick={() => void run(() => resendDelivery(dead.id), false)}>
            {t('handoff.again')}
          </Button>
        ) : null}
        {may('handoff.manage') && (entry.word.kind !== 'sent' || reached) ? (
          <Button size="xs" variant="subtle" onClick={() => setAsking(true)}>
            {t('handoff.give_up')}
          </Button>
        ) : null}
      </div>
      {asking ? (
        <Confirm
          title={t('handoff.give_up.title')}
          lead={t('handoff.give_up.lead', { partner })}
          deed={t('handoff.give_up')}
          onClose={() => setAsking(false)}
          run={async () => settled(await dropDelivery(dead.id))}
        />
      ) : null}
    </div>
  );
};

/** How each way to them went. */
export const Delivered = ({ handoff, entry }: Props) => {
  const { t, intl } = useWords();
  const way = (wanted: Delivery['state']) => entry.deliveries.find(({ state }) => state === wanted);
  const [dead, waiting, sent] = [way('dead'), way('waiting'), way('sent')];
  if (dead) return <Dead {...{ handoff, entry, dead }} />;
  if (waiting)
    return (
      <small className={styles.way} title={waiting.error ?? undefined}>
        <Clock size={12} aria-hidden />
        {waiting.attempts > 0 && waiting.dueAt
          ? t('handoff.way.again', { attempts: waiting.attempts, moment: moment(intl, waiting.dueAt) })
          : t('handoff.way.waiting')}
      </small>
    );
  if (sent)
    return (
      <small className={styles.way}>
        <Check size={12} aria-hidden />
        {t(`handoff.way.sent.${sent.gateway}`)}
      </small>
    );
  return way('dropped') ? (
    <small className={styles.way}>
      <Ban size={12} aria-hidden />
      {t('handoff.way.dropped')}
    </small>
  ) : null;
};
