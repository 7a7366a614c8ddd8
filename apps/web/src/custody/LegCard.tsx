import { Button, Menu } from '@mantine/core';
import { ArrowRight, ChevronRight, Ellipsis, Printer } from 'lucide-react';
import { legDeeds, nextMove, type Hands, type Leg, type LegDeed } from '#contracts';
import { useNow } from '../app/now.js';
import { useWords } from '../i18n/Words.js';
import { day, whole } from '../i18n/moments.js';
import { openCustodyDialog, type CustodyDialog } from './custodyDialogs.js';
import { handsName } from './custodyEvents.js';
import { labelUrl } from './custodyRequests.js';
import styles from './Custody.module.css';

type Other = Exclude<LegDeed, 'pick_up' | 'arrive'>;
const OTHERS: Record<Other, (leg: Leg) => CustodyDialog> = {
  expect: (leg) => ({ name: 'expect', leg }),
  cancel: (leg) => ({ name: 'cancel', leg }),
  back: (leg) => ({ name: 'move', leg, move: 'back' }),
  lose: (leg) => ({ name: 'lost', leg }),
};

/** Other things to do with a shipment. */
const More = ({ leg, deeds }: { leg: Leg; deeds: readonly LegDeed[] }) => {
  const { t } = useWords();
  const others = deeds.filter((deed) => deed in OTHERS) as Other[];
  if (others.length === 0 && !leg.claim) return null;
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button size="xs" variant="subtle" px={6} aria-label={t('leg.more', { name: leg.deviceName })}>
          <Ellipsis size={14} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map((deed) => (
          <Menu.Item key={deed} onClick={() => openCustodyDialog(OTHERS[deed](leg))}>
            {t(`leg.${deed}`)}
          </Menu.Item>
        ))}
        {leg.claim ? (
          <Menu.Item onClick={() => openCustodyDialog({ name: 'claim', leg })}>{t('claim.open')}</Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
};

/** One shipment: from where to where, how far, until when; its label, and what comes next. `holder`: who has the phone. */
export const LegCard = ({ leg, holder, works }: { leg: Leg; holder: Hands | null; works: boolean }) => {
  const { t, intl } = useWords();
  const now = useNow();
  const { from, to, courier, trackingNumber, state, etaAt, claim } = leg;
  const deeds = works ? legDeeds(leg, holder) : [];
  const next = nextMove(leg);
  const goes = next !== null && deeds.includes(next);
  const late = etaAt !== null && Date.parse(etaAt) < now;
  return (
    <li className={styles.leg} data-leg={leg.code} data-state={state}>
      <div className={styles.way}>
        <span>{handsName(from, t)}</span>
        <ArrowRight size={12} aria-label={t('leg.to')} />
        <span>{handsName(to, t)}</span>
        <b data-state={state}>{t(`leg.state.${state}`)}</b>
        {works ? <More leg={leg} deeds={deeds} /> : null}
      </div>
      <p className={styles.quiet}>
        {[courier ? handsName(courier, t) : t('leg.in_person'), trackingNumber, leg.code].filter(Boolean).join(' · ')}
        {etaAt ? (
          <span title={whole(intl, etaAt)} data-late={late || undefined}>
            {' · '}
            {t(late ? 'leg.late' : 'leg.eta', { day: day(intl, etaAt) })}
          </span>
        ) : null}
      </p>
      {claim ? (
        <p className={styles.quiet}>
          {t('claim.line', { state: t(`claim.state.${claim.state}`).toLocaleLowerCase(), note: claim.note })}
        </p>
      ) : null}
      {works && state === 'planned' && !goes ? (
        <p className={styles.quiet}>{t('leg.waits', { who: handsName(from, t) })}</p>
      ) : null}
      <div className={styles.deeds}>
        <Button
          component="a"
          size="xs"
          href={labelUrl(leg.id)}
          target="_blank"
          rel="noreferrer"
          leftSection={<Printer size={12} aria-hidden />}
        >
          {t('leg.label')}
        </Button>
        {goes ? (
          <Button
            size="xs"
            variant="light"
            rightSection={<ChevronRight size={12} aria-hidden />}
            onClick={() => openCustodyDialog({ name: 'move', leg, move: next })}
          >
            {t(state === 'lost' ? 'leg.found' : `leg.move.${next}`)}
          </Button>
        ) : null}
      </div>
    </li>
  );
};
