import { CircleCheck } from 'lucide-react';
import { FAULT_WORDS, FaultKind, type Accessory, type Condition } from '#contracts';
import { useLanguage, useWords } from '../../i18n/Words.js';
import { useField, useKeeper, useValues } from '../keep/useIntake.js';
import { useWho } from '../keep/useWho.js';
import { NO_CONDITION } from '../pieces/marks.rules.js';
import { PhotoSet } from '../pieces/PhotoSet.js';
import { Seg } from '../pieces/Seg.js';
import { Silhouette } from '../pieces/Silhouette.js';
import { Toggles } from '../pieces/Toggles.js';
import { Waiver } from '../pieces/Waiver.js';
import { chooseFault } from './chooseFault.js';
import { DeviceNumber } from './DeviceNumber.js';
import { faultTold, toldOf } from './faultTold.rules.js';
import { StepTitle } from './StepTitle.js';
import styles from '../Counter.module.css';

const STAYS = ['here', 'with_customer', 'none'] as const;
const ACCESSORIES = [
  'charger',
  'cable',
  'case',
  'box',
  'sim',
  'memory_card',
  'stylus',
  'earphones',
] as const satisfies Accessory[];
const KNOWN = ['yes', 'no', 'unknown'] as const;
/** What most phones are brought for comes first; the rest is behind them. */
const FAULTS = FaultKind.options;

/** How it looks: marks where there are some, and one tap where there are none. */
const ConditionOf = () => {
  const { t } = useWords();
  const [condition, write] = useField('device.condition');
  const fault = useValues()['device.fault'];
  const held: Condition = condition ?? { ...NO_CONDITION, powersOn: fault === 'no_power' ? 'no' : 'unknown' };
  const change = (part: Partial<Condition>) => write({ ...held, ...part });
  return (
    <section className={styles.stack} aria-label={t('device.condition')}>
      <h2 className={styles.sub}>{t('device.condition')}</h2>
      <div className={styles.deeds}>
        <button
          type="button"
          className={styles.secondary}
          aria-pressed={condition !== undefined && condition.marks.length === 0}
          onClick={() => change({ marks: [] })}
        >
          <CircleCheck size={20} aria-hidden /> {t('marks.no_marks')}
        </button>
      </div>
      <Silhouette marks={held.marks} onChange={(marks) => change({ marks })} />
      <div className={styles.pair}>
        <Seg
          legend={t('device.powers_on')}
          value={held.powersOn}
          choices={KNOWN.map((value) => ({ value, words: t(`answer.${value}`) }))}
          onChange={(powersOn) => change({ powersOn })}
        />
        <Seg
          legend={t('device.screen')}
          value={held.screen}
          choices={(['whole', 'cracked', 'dead'] as const).map((value) => ({
            value,
            words: t(`device.screen.${value}`),
          }))}
          onChange={(screen) => change({ screen })}
        />
      </div>
      <Waiver gate="condition" what={t('device.condition')} reasons={[t('waiver.why.sealed')]} />
    </section>
  );
};

/** What is taken in with it, and what has to be known before anybody opens it. */
const Belongings = () => {
  const { t } = useWords();
  const [accessories, writeAccessories] = useField('device.accessories');
  const [liquid, writeLiquid] = useField('device.liquid');
  const [lock, writeLock] = useField('device.activationLock');
  const [backUp, writeBackUp] = useField('device.backUp');
  return (
    <>
      <Seg
        legend={t('device.lock')}
        value={lock}
        choices={(['off', 'on', 'unknown'] as const).map((value) => ({ value, words: t(`device.lock.${value}`) }))}
        onChange={writeLock}
      />
      <Waiver
        gate="activation_lock"
        what={t('device.lock')}
        reasons={[t('waiver.why.no_power'), t('waiver.why.no_password')]}
      />
      <Seg
        legend={t('device.back_up')}
        value={backUp}
        choices={(['done', 'not_done', 'not_possible'] as const).map((value) => ({
          value,
          words: t(`device.back_up.${value}`),
        }))}
        onChange={writeBackUp}
      />
      <Waiver gate="back_up" what={t('device.back_up')} reasons={[t('waiver.why.no_power')]} />
      <Toggles
        legend={t('device.accessories')}
        values={accessories ?? []}
        choices={ACCESSORIES.map((value) => ({ value, words: t(`accessory.${value}`) }))}
        onChange={writeAccessories}
      />
      <Seg
        legend={t('device.liquid')}
        value={liquid}
        choices={KNOWN.map((value) => ({ value, words: t(`answer.${value}`) }))}
        onChange={writeLiquid}
      />
    </>
  );
};

/** Step 2: which phone, what is wrong with it, how it looks, what comes along. */
export const DeviceStep = () => {
  const { t } = useWords();
  const { language } = useLanguage();
  const keeper = useKeeper();
  const [stays, writeStays] = useField('device.stays');
  const { 'device.fault': fault, 'listen.storyRight': storyRight } = useValues();
  const { detail } = useWho();
  const told = storyRight && detail ? faultTold(toldOf(detail)) : null;
  const chooseStays = (value: (typeof STAYS)[number]) => {
    writeStays(value);
    if (value !== 'none') return;
    // Who has no phone here to leave needs none meanwhile; it can be said otherwise.
    if (keeper.value('keep.outcome') !== undefined) return;
    keeper.write('keep.outcome', 'declined');
    keeper.write('keep.reason', t('keep.declined.no_device'));
  };
  return (
    <>
      <StepTitle title={t('device.title')} lead={t('device.lead')} />
      <Seg
        legend={t('device.stays')}
        value={stays}
        choices={STAYS.map((value) => ({ value, words: t(`device.stays.${value}`) }))}
        onChange={chooseStays}
      />
      {stays === 'none' ? null : (
        <>
          <DeviceNumber />
          <Seg
            legend={t('device.fault')}
            many
            value={fault}
            choices={FAULTS.map((value) => ({ value, words: FAULT_WORDS[value][language] }))}
            onChange={(kind) => chooseFault(keeper, kind)}
          />
          {fault !== undefined && fault === told ? <p className={styles.lead}>{t('device.fault.told')}</p> : null}
          {stays === 'with_customer' ? null : (
            <>
              <ConditionOf />
              <PhotoSet path="device.photoIds" legend={t('device.photos')} />
              <Waiver gate="photos" what={t('device.photos')} reasons={[t('waiver.why.no_camera')]} />
              <Belongings />
            </>
          )}
        </>
      )}
    </>
  );
};
