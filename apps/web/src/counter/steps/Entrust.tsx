import { HandoffMode, proposedAsk, type Partner } from '#contracts';
import { Trouble } from '../../app/Trouble.js';
import { DocumentView } from '../../handoff/DocumentView.js';
import { FormQuestion } from '../../handoff/FormQuestion.js';
import { SharedFields } from '../../handoff/SharedFields.js';
import { useLanguage, useWords } from '../../i18n/Words.js';
import { useField, useValues } from '../keep/useIntake.js';
import { Line } from '../pieces/Line.js';
import { Seg } from '../pieces/Seg.js';
import type { useEntrusted } from './useEntrusted.js';
import counter from '../Counter.module.css';
import styles from './Entrust.module.css';

interface Props {
  partner: Partner;
  entrusted: ReturnType<typeof useEntrusted>;
}

/** What is asked of the company, what it asks for, and exactly what it will see once all of this is finished. */
export const Entrust = ({ partner, entrusted }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const values = useValues();
  const [mode, writeMode] = useField('take.mode');
  const [answers, writeAnswers] = useField('take.form');
  const { look, isStale, failure, again } = entrusted;
  const { name, terms } = partner;
  const missing = look?.missing ?? [];
  return (
    <>
      <h2 className={counter.sub}>{t('take.to', { partner: name })}</h2>
      <Seg
        legend={t('handoff.mode')}
        value={mode}
        choices={HandoffMode.options.map((value) => ({
          ...{ value, words: t(`handoff.mode.${value}`), lead: t(`handoff.mode.${value}.lead`) },
        }))}
        onChange={writeMode}
      />
      <Line
        path="take.ask"
        label={t('handoff.ask')}
        {...(partner.language === language
          ? {}
          : { lead: t(`handoff.ask.language.${partner.language}`, { partner: name }) })}
        proposed={proposedAsk(values, partner.language)}
        rows={2}
        maxLength={2000}
      />
      {terms.form.length > 0 ? (
        <section className={styles.form} aria-label={t('handoff.form.of', { partner: name })}>
          <h3 className={counter.sub}>{t('handoff.form.of', { partner: name })}</h3>
          {missing.length > 0 ? (
            <p className={counter.missing} role="status">
              <b>{t('handoff.missing', { count: missing.length, partner: name })}</b>{' '}
              {missing.map(({ title }) => title).join(', ')}
            </p>
          ) : null}
          {terms.form.map((field) => (
            <FormQuestion
              key={field.key}
              field={field}
              typed={answers?.[field.key]}
              known={look?.document.form[field.key]}
              isMissing={missing.some(({ key }) => key === field.key)}
              onAnswer={(value) => {
                const { [field.key]: _, ...rest } = answers ?? {};
                writeAnswers(value === undefined ? rest : { ...rest, [field.key]: value });
              }}
            />
          ))}
        </section>
      ) : null}
      {mode === 'advise' ? null : (
        <Line path="take.tracking" label={t('take.tracking')} lead={t('take.tracking.lead')} maxLength={80} />
      )}
      <section className={styles.seen} aria-label={t('handoff.seen.will', { partner: name })} aria-busy={isStale}>
        <h3 className={counter.sub}>{t('handoff.seen.will', { partner: name })}</h3>
        <p className={counter.lead}>{t('take.sent_then')}</p>
        {failure ? <Trouble what={t('handoff.preview.unread')} error={failure} onRetry={again} /> : null}
        {look ? (
          <>
            <DocumentView
              document={look.document}
              titles={Object.fromEntries(terms.form.map(({ key, title }) => [key, title[language]]))}
              partner={name}
            />
            <SharedFields preview={look} partner={name} />
          </>
        ) : failure ? null : (
          <p className={counter.lead} role="status">
            {t('take.look.waits')}
          </p>
        )}
      </section>
    </>
  );
};
