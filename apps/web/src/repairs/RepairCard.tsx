import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import {
  amountText,
  CUSTOMER_STAGES,
  isRepairOver,
  movesOfRepair,
  REPAIR_TRANSITIONS,
  UNNAMED,
  type CaseDetail,
  type RepairOrder,
  type RepairStage,
} from '#contracts';
import { custodyQuery } from '../custody/custodyRequests.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { day, moment, whole } from '../i18n/moments.js';
import type { RepairDialog } from './repairDialogs.js';
import { moveRepair, stageWordingQuery } from './repairRequests.js';
import { useRepairDeed } from './useRepairDeed.js';
import styles from './Repairs.module.css';

const ROAD: RepairStage[] = ['received', 'diagnosed', 'quoted', 'approved', 'in_repair', 'repaired', 'returned'];
/** Those that need a word on why. */
const REASONED = new Set<RepairStage>(['cancelled', 'unrepairable']);

interface Props {
  order: RepairOrder;
  detail: CaseDetail;
  works: boolean;
  onOpen: (dialog: RepairDialog) => void;
}

/** The road of a repair in seven lengths; off it, all of them are grey. */
const Road = ({ order }: { order: RepairOrder }) => {
  const { t } = useWords();
  const place = ROAD.indexOf(order.stage === 'closed' ? 'returned' : order.stage);
  return (
    <ol className={styles.strip} aria-label={t('repairs.road', { stage: t(`repair.stage.${order.stage}`) })}>
      {ROAD.map((stage, at) => (
        <li
          key={stage}
          title={t(`repair.stage.${stage}`)}
          data-state={place < 0 ? 'side' : at < place ? 'done' : at === place ? 'now' : 'ahead'}
        />
      ))}
    </ol>
  );
};

const Moves = ({ order, detail, onOpen }: Omit<Props, 'works'>) => {
  const { t } = useWords();
  const { run } = useRepairDeed(detail);
  const nexts = movesOfRepair(order.stage);
  const back = REPAIR_TRANSITIONS[order.stage].returned === 'hand_back';
  if (nexts.length === 0 && !back) return null;
  const go = (to: RepairStage) =>
    REASONED.has(to)
      ? onOpen({ name: 'stage', repairId: order.id, to })
      : void run(() => moveRepair(order.id, { to }), false);
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button size="xs" rightSection={<ChevronRight size={12} aria-hidden />}>
          {t('repairs.move')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {nexts.map((to) => (
          <Menu.Item key={to} onClick={() => go(to)}>
            {t(`repair.stage.${to}`)}
          </Menu.Item>
        ))}
        {back ? (
          <Menu.Item onClick={() => onOpen({ name: 'hand_back', repairId: order.id })}>
            {t('repairs.hand_back')}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
};

/** Who has the phone of an open repair, by name where we know it: another store than took it in, say. */
const Where = ({ order, detail }: Pick<Props, 'order' | 'detail'>) => {
  const { t } = useWords();
  const { data } = useQuery(custodyQuery(detail.id, detail.version));
  const { holder, device, store } = order;
  const held = data?.devices.find(({ deviceId }) => deviceId === device.id)?.holder;
  if (held?.kind === holder && holder !== 'customer' && held.name !== UNNAMED) return held.name;
  return holder === 'store' ? store.name : t(`repair.holder.${holder}`);
};

/** One repair: how far, where, until when, for how much; each fact opens its form. */
export const RepairCard = ({ order, detail, works, onOpen }: Props) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { device, stage, stageAt, promisedReturnAt, data, way } = order;
  const { content } = useQuery(stageWordingQuery).data ?? { content: CUSTOMER_STAGES };
  const told = content[detail.customer.language][stage];
  const last = order.stages.at(-1);
  const over = isRepairOver(stage);
  const shown = order.quotes.find(({ state }) => state === 'offered' || state === 'draft') ?? order.quotes[0];
  const fact = (label: string, words: string, dialog: RepairDialog) => (
    <>
      <dt>{label}</dt>
      <dd>
        {works ? (
          <button type="button" className={styles.link} onClick={() => onOpen(dialog)}>
            {words}
          </button>
        ) : (
          words
        )}
      </dd>
    </>
  );
  return (
    <div className={styles.order} data-repair={order.id}>
      <div className={styles.head}>
        <span>{device.name}</span>
        {works ? <Moves order={order} detail={detail} onOpen={onOpen} /> : null}
      </div>
      <Road order={order} />
      <p>
        <span className={styles.stage}>{t(`repair.stage.${stage}`)}</span>{' '}
        <span className={styles.told} title={whole(intl, stageAt)}>
          {moment(intl, stageAt)}
          {last ? ` · ${last.by}` : ''}
        </span>
      </p>
      <p className={styles.told}>{t('repairs.reads', { words: `${told.title}. ${told.text}` })}</p>
      <dl className={styles.facts}>
        <dt>{t('repairs.where')}</dt>
        <dd>
          <Where order={order} detail={detail} />
        </dd>
        {over && !promisedReturnAt
          ? null
          : fact(t('repairs.return'), promisedReturnAt ? day(intl, promisedReturnAt) : t('repairs.return.set'), {
              name: 'return',
              repairId: order.id,
            })}
        {over && !shown
          ? null
          : fact(
              t('repairs.quote'),
              shown
                ? `v${shown.version} · ${t(`quote.state.${shown.state}`)} · ${t('quote.customer_pays', { amount: amountText(shown.shares.customer, shown.currency, language) })}`
                : t('repairs.quote.make'),
              { name: 'quote', repairId: order.id },
            )}
        {fact(
          t('repairs.ways'),
          way
            ? t(`repair.way.${way.way}`)
            : order.options.length > 0
              ? t('repairs.ways.count', { count: order.options.length })
              : t('repairs.ways.compare'),
          { name: 'ways', repairId: order.id },
        )}
        {fact(t('repairs.data'), data ? t(`data.state.${data.state}`) : t('repairs.data.ask'), {
          name: 'data',
          repairId: order.id,
        })}
      </dl>
    </div>
  );
};
