import { Factory } from 'lucide-react';
import { useWords } from '../../i18n/Words.js';
import { useField, useKeeper, useValues } from '../keep/useIntake.js';
import { Seg } from '../pieces/Seg.js';
import { Company } from './Company.js';
import { likelyReturn } from './returnChoices.js';
import { ReturnDay } from './ReturnDay.js';
import { StepTitle } from './StepTitle.js';
import styles from '../Counter.module.css';

const BY = ['store', 'lab', 'partner'] as const;

/** Step 5: who works on it. Whoever that is, this shop answers for it. */
export const Take = ({ storeName }: { storeName: string }) => {
  const { t, intl } = useWords();
  const keeper = useKeeper();
  const [by, write] = useField('take.by');
  const stays = useValues()['device.stays'];
  const choose = (value: (typeof BY)[number]) => {
    write(value);
    // Somebody else takes another time; a day somebody chose stays.
    const at = keeper.value('promise.returnAt');
    const now = new Date();
    if (by && at === likelyReturn(intl, now, by)) keeper.write('promise.returnAt', likelyReturn(intl, now, value));
  };
  return (
    <>
      <StepTitle title={t('take.title')} lead={t('take.lead', { store: storeName })} />
      <Seg
        legend={t('take.by')}
        value={by}
        choices={BY.map((value) => ({ value, words: t(`take.by.${value}`), lead: t(`take.by.${value}.lead`) }))}
        onChange={choose}
      />
      {by === 'partner' && stays === 'here' ? <Company /> : null}
      {stays === 'here' ? <ReturnDay /> : null}
      {stays === 'here' ? (
        <div className={styles.note}>
          <Factory size={24} aria-hidden />
          <span>
            <b>{t('take.owner', { store: storeName })}</b>
            <small>{t('take.owner.lead')}</small>
          </span>
        </div>
      ) : null}
    </>
  );
};
