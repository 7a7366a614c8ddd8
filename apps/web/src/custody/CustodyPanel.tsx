import { useQuery } from '@tanstack/react-query';
import { PackagePlus } from 'lucide-react';
import type { CaseCustody, CaseDetail, Hands } from '#contracts';
import { Bone } from '../app/Bone.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { isOver } from '../case/stage.rules.js';
import { useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import { openCustodyDialog } from './custodyDialogs.js';
import { handsName } from './custodyEvents.js';
import { custodyQuery } from './custodyRequests.js';
import { HandsGlyph } from './HandsGlyph.js';
import { LegCard } from './LegCard.js';
import { waysAhead } from './ways.rules.js';
import styles from './Custody.module.css';

/** How many hands the strip shows; the others are in the chain. */
const SHOWN = 5;

type HeldDevice = CaseCustody['devices'][number];

const Strip = ({ chain, holder, legs }: Pick<HeldDevice, 'chain' | 'holder' | 'legs'>) => {
  const { t, intl } = useWords();
  const past = chain.slice(-SHOWN);
  const ahead = waysAhead(holder, legs);
  const node = (hands: Hands, state: string, title: string, key: string) => (
    <li key={key} data-state={state} title={title}>
      <HandsGlyph kind={hands.kind} />
      <span>{title}</span>
    </li>
  );
  return (
    <ol className={styles.strip} aria-label={t('custody.strip')}>
      {past.map(({ id, to, at }, place) =>
        node(
          to,
          place === past.length - 1 ? 'now' : 'done',
          t('custody.had', { who: handsName(to, t), when: moment(intl, at) }),
          id,
        ),
      )}
      {ahead.map((hands, place) =>
        node(hands, 'ahead', t('custody.ahead', { who: handsName(hands, t) }), `ahead-${String(place)}`),
      )}
    </ol>
  );
};

const DeviceHeld = ({ device, detail, works }: { device: HeldDevice; detail: CaseDetail; works: boolean }) => {
  const { t, intl } = useWords();
  const { deviceId, name, holder, since, chain, legs } = device;
  const shown = legs.filter(
    ({ state, claim }) => state !== 'cancelled' && (state !== 'arrived' || (claim && claim.state !== 'paid')),
  );
  return (
    <div className={styles.device} data-custody={deviceId}>
      <div className={styles.head}>
        <span>{name}</span>
        {works ? (
          <button
            type="button"
            className={styles.link}
            onClick={() => openCustodyDialog({ name: 'plan', caseId: detail.id, deviceId })}
          >
            <PackagePlus size={14} aria-hidden /> {t('leg.plan')}
          </button>
        ) : null}
      </div>
      {holder ? (
        <p className={styles.holder}>
          <HandsGlyph kind={holder.kind} size={16} />
          <b>{t('custody.holder', { who: handsName(holder, t) })}</b>
          {since ? <small title={whole(intl, since)}>{t('custody.since', { when: moment(intl, since) })}</small> : null}
        </p>
      ) : (
        <p className={styles.quiet}>{t('custody.nobody')}</p>
      )}
      {chain.length > 0 ? (
        <div className={styles.chain}>
          <Strip {...device} />
          <button
            type="button"
            className={styles.link}
            onClick={() => openCustodyDialog({ name: 'chain', deviceName: name, chain })}
          >
            {t('custody.chain', { count: chain.length })}
          </button>
        </div>
      ) : null}
      {shown.length > 0 ? (
        <ul className={styles.legs}>
          {shown.map((leg) => (
            <LegCard key={leg.id} leg={leg} holder={holder} works={works} />
          ))}
        </ul>
      ) : null}
    </div>
  );
};

/** Where the phones of a case are, how they came there, and where they go. */
export const CustodyPanel = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  const works = useMay()('custody.move') && !isOver(detail.status);
  const { data, error, isError, refetch } = useQuery(custodyQuery(detail.id, detail.version));
  if (data?.devices.length === 0) return null;
  if (!data && !isError && detail.repairs.length === 0) return null;
  return (
    <section aria-labelledby="custody">
      <h3 id="custody">{t('custody.title')}</h3>
      {isError ? <Trouble what={t('custody.unread')} error={error} onRetry={() => void refetch()} /> : null}
      {!data && !isError ? <Bone width="70%" height={14} /> : null}
      {data?.devices.map((device) => (
        <DeviceHeld key={device.deviceId} device={device} detail={detail} works={works} />
      ))}
    </section>
  );
};
