import { useEffect, useEffectEvent } from 'react';
import type { CaseDetail, ImpactKind } from '#contracts';
import { useWords } from '../../i18n/Words.js';
import { useField, useKeeper, useValues } from '../keep/useIntake.js';
import { useWho } from '../keep/useWho.js';
import { Line } from '../pieces/Line.js';
import { PhotoSet } from '../pieces/PhotoSet.js';
import pieces from '../pieces/Pieces.module.css';
import { Seg } from '../pieces/Seg.js';
import { Waiver } from '../pieces/Waiver.js';
import { StepTitle } from './StepTitle.js';
import styles from '../Counter.module.css';

const TRIED = ['calls', 'data', 'apps'] as const satisfies ImpactKind[];
const DATA = ['all', 'part', 'none', 'not_needed'] as const;
/** What can still be handed back, and what can still be given back. */
const here = (detail: CaseDetail | null): { repairs: string[]; loans: string[] } => ({
  repairs: (detail?.repairs ?? [])
    .filter(({ state }) => state !== 'returned' && state !== 'closed')
    .map(({ id }) => id),
  loans: (detail?.loans ?? []).filter(({ state }) => state === 'active').map(({ id }) => id),
});

/** Pick-up, first part: what they take home, tried out together before they leave. */
export const Back = () => {
  const { t } = useWords();
  const keeper = useKeeper();
  const { detail, name } = useWho();
  const values = useValues();
  const [repairId, writeRepair] = useField('back.repairId');
  const [works, writeWorks] = useField('back.works');
  const [data, writeData] = useField('back.dataBack');
  const { repairs, loans } = here(detail);

  const propose = useEffectEvent(() => {
    if (values['back.repairId'] === undefined && repairs[0]) keeper.write('back.repairId', repairs[0]);
    if (values['back.loanId'] === undefined && loans[0]) keeper.write('back.loanId', loans[0]);
  });
  useEffect(() => propose(), [detail]);

  return (
    <>
      <StepTitle title={t('back.title')} lead={t('back.lead', { name: name ?? t('counter.somebody') })} />
      {repairs.length > 1 ? (
        <Seg
          legend={t('back.which')}
          value={repairId}
          choices={repairs.map((id, index) => ({ value: id, words: t('back.repair', { number: index + 1 }) }))}
          onChange={writeRepair}
        />
      ) : null}
      {detail && repairs.length === 0 ? <p className={styles.lead}>{t('back.nothing')}</p> : null}
      <section className={styles.stack}>
        <h2 className={pieces.label}>{t('back.try')}</h2>
        {TRIED.map((kind) => (
          <Seg
            key={kind}
            legend={t(`back.try.${kind}`)}
            value={works?.[kind] === undefined ? null : works[kind] ? 'yes' : 'no'}
            choices={[
              { value: 'yes', words: t('back.works') },
              { value: 'no', words: t('back.fails') },
            ]}
            onChange={(answer) => writeWorks({ ...works, [kind]: answer === 'yes' })}
          />
        ))}
        <Waiver gate="works" what={t('back.try')} reasons={[t('waiver.why.no_sim'), t('waiver.why.in_a_hurry')]} />
      </section>
      <Seg
        legend={t('back.data')}
        value={data}
        choices={DATA.map((value) => ({ value, words: t(`back.data.${value}`) }))}
        onChange={writeData}
      />
      <PhotoSet path="back.photoIds" legend={t('back.photos')} />
      <Line path="back.note" label={t('back.note')} rows={2} maxLength={2000} />
      <Seg
        legend={t('back.confirmed')}
        value={values['back.confirmed'] == null ? null : values['back.confirmed'] ? 'yes' : 'no'}
        choices={[
          { value: 'yes', words: t('back.confirmed.yes'), lead: t('back.confirmed.yes.lead') },
          { value: 'no', words: t('back.confirmed.no'), lead: t('back.confirmed.no.lead') },
        ]}
        onChange={(answer) => keeper.write('back.confirmed', answer === 'yes')}
      />
    </>
  );
};
