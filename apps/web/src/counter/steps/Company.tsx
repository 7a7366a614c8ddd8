import { USUAL_MODE, type Partner } from '#contracts';
import { useWords } from '../../i18n/Words.js';
import { useField, useKeeper } from '../keep/useIntake.js';
import { Seg } from '../pieces/Seg.js';
import { Entrust } from './Entrust.js';
import { useEntrusted } from './useEntrusted.js';
import styles from '../Counter.module.css';

const LATER = 'later';

/** Which company takes the phone, or that somebody decides that later. */
export const Company = () => {
  const { t } = useWords();
  const keeper = useKeeper();
  const [partnerId, write] = useField('take.partnerId');
  const entrusted = useEntrusted();
  const { companies, partner, isChosen } = entrusted;
  const choose = (next: Partner) => {
    if (next.id === partnerId) return;
    write(next.id);
    keeper.write('take.mode', USUAL_MODE[next.kind]);
    // Another company asks for other things; what somebody wrote to ask of them stays.
    keeper.write('take.form', {});
  };
  return (
    <>
      <Seg
        legend={t('take.company')}
        value={partnerId === null ? LATER : partnerId}
        choices={[
          ...(companies ?? []).map(({ id, name, kind, terms }) => ({
            ...{ value: id, words: name },
            lead: [t(`partner.kind.${kind}`), terms.agreement].filter(Boolean).join(' · '),
          })),
          { value: LATER, words: t('take.later'), lead: t('take.later.lead') },
        ]}
        onChange={(value) => {
          const next = companies?.find(({ id }) => id === value);
          if (next) choose(next);
          else write(null);
        }}
      />
      {companies?.length === 0 ? <p className={styles.lead}>{t('take.company.none')}</p> : null}
      {companies === undefined ? (
        <p className={styles.lead} role="status">
          {t(isChosen ? 'take.company.kept' : 'take.company.unread')}
        </p>
      ) : null}
      {isChosen && partner && companies && !companies.includes(partner) ? (
        <p className={styles.missing} role="alert">
          {t('take.company.not_covered', { partner: partner.name })}
        </p>
      ) : null}
      {partner ? <Entrust key={partner.id} partner={partner} entrusted={entrusted} /> : null}
    </>
  );
};
