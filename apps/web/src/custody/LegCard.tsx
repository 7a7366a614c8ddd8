import { Button, Menu } from '@mantine/core';
import { ArrowRight, ChevronRight, Ellipsis, Printer } from 'lucide-react';
import type { Leg } from '#contracts';
import { useNow } from '../app/now.js';
import { useWords } from '../i18n/Words.js';
import { day, whole } from '../i18n/moments.js';
import { openCustodyDialog } from './custodyDialogs.js';
import { handsName } from './custodyEvents.js';
import { labelUrl } from './custodyRequests.js';
import { nextMove } from './leg.rules.js';
import styles from './Custody.module.css';

/** Other things to do with a shipment. */
const More = ({ leg }: { leg: Leg }) => {
  const { t } = useWords();
  const isUnderWay = leg.state === 'under_way';
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button size="xs" variant="subtle" px={6} aria-label={t('leg.more', { name: leg.deviceName })}>
          <Ellipsis size={14} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {leg.state === 'planned' || isUnderWay ? (
          <Menu.Item onClick={() => openCustodyDialog({ name: 'expect', leg })}>{t('leg.expect')}</Menu.Item>
        ) : null}
        {leg.state === 'planned' ? (
          <Menu.Item onClick={() => openCustodyDialog({ name: 'cancel', leg })}>{t('leg.cancel')}</Menu.Item>
        ) : (
          <Menu.Item onClick={() => openCustodyDialog({ name: 'move', leg, move: 'back' })}>{t('leg.back')}</Menu.Item>
        )}
        {isUnderWay ? (
          <Menu.Item onClick={() => openCustodyDialog({ name: 'lost', leg })}>{t('leg.lose')}</Menu.Item>
        ) : null}
        {leg.claim ? (
          <Menu.Item onClick={() => openCustodyDialog({ name: 'claim', leg })}>{t('claim.open')}</Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
};

/** One shipment: from where to where, how far, until when; its label, and what comes next. */
export const LegCard = ({ leg, works }: { leg: Leg; works: boolean }) => {
  const { t, intl } = useWords();
  const now = useNow();
  const { from, to, courier, trackingNumber, state, etaAt, claim } = leg;
  const next = nextMove(leg);
  const late = etaAt !== null && Date.parse(etaAt) < now;
  return (
    <li className={styles.leg} data-leg={leg.code} data-state={state}>
      <div className={styles.way}>
        <span>{handsName(from, t)}</span>
        <ArrowRight size={12} aria-label={t('leg.to')} />
        <span>{handsName(to, t)}</span>
        <b data-state={state}>{t(`leg.state.${state}`)}</b>
        {works ? <More leg={leg} /> : null}
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
        {works && next ? (
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
