import { useQuery } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { day } from '../../i18n/moments.js';
import { useWords } from '../../i18n/Words.js';
import { useField, useValues } from '../keep/useIntake.js';
import { loanerSettingsQuery } from '../loaners.js';
import { PhotoSet } from '../pieces/PhotoSet.js';
import { Checks, Toggles } from '../pieces/Toggles.js';
import { Waiver } from '../pieces/Waiver.js';
import { ConditionOut } from './ConditionOut.js';
import { RELIEVES } from './relieves.js';
import styles from '../Counter.module.css';

const CHECKS = ['sim_moved', 'test_call', 'data_works', 'apps_open', 'data_copied'] as const;
const DAY_MS = 86_400_000;

/** When it is to be back: some days after theirs, which is a day once theirs has one. */
const Due = () => {
  const { t, intl } = useWords();
  const terms = useQuery(loanerSettingsQuery).data;
  const { 'promise.returnAt': returnAt, 'device.stays': stays } = useValues();
  const follows = stays === 'here';
  const due =
    terms && follows && returnAt ? day(intl, new Date(Date.parse(returnAt) + terms.graceDays * DAY_MS)) : null;
  const title = follows
    ? terms && t('keep.due.days', { days: terms.graceDays })
    : terms && t('keep.due.plain', { days: terms.plainDays });
  return (
    <div className={styles.note}>
      <CalendarClock size={24} aria-hidden />
      <span>
        <b>{title ?? t('keep.due')}</b>
        {follows ? <small>{due ? t('keep.due.by', { day: due }) : t('keep.due.lead')}</small> : null}
      </span>
    </div>
  );
};

/** What goes with the phone that is lent, what was gone through before it leaves, and how it leaves. */
export const Lent = ({ note, onNext }: { note: string | null; onNext: () => void }) => {
  const { t } = useWords();
  const [checks, writeChecks] = useField('keep.checks');
  const [relieves, writeRelieves] = useField('keep.relieves');
  return (
    <>
      <Due />
      <Checks
        legend={t('keep.checks')}
        values={(checks ?? []) as (typeof CHECKS)[number][]}
        choices={CHECKS.map((value) => ({ value, words: t(`keep.check.${value}`) }))}
        onChange={writeChecks}
      />
      <Toggles
        legend={t('keep.relieves')}
        values={relieves ?? []}
        choices={RELIEVES.map((value) => ({ value, words: t(`impact.${value}`) }))}
        onChange={writeRelieves}
      />
      <PhotoSet path="keep.photoIds" legend={t('keep.photos')} />
      <Waiver
        gate="loaner_photos"
        what={t('keep.photos')}
        reasons={[t('waiver.why.sealed'), t('waiver.why.no_camera')]}
      />
      <ConditionOut note={note} onNext={onNext} />
    </>
  );
};
