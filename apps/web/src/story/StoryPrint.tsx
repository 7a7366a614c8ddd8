import { createPortal } from 'react-dom';
import { FACT_QUESTIONS, factText, type CaseDetail } from '#contracts';
import { useLanguage, useWords } from '../i18n/Words.js';
import { day, moment } from '../i18n/moments.js';
import { FACT_KINDS } from './story.rules.js';
import './print.css';

/** The story on paper, for the counter: everything that holds and nothing of the screen. Shown to printers only. */
export const StoryPrint = ({ detail }: { detail: CaseDetail }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  return createPortal(
    <div className="story-print" aria-hidden>
      <h1>{detail.customer.displayName}</h1>
      <p>{t('story.print.head', { reference: detail.reference, moment: moment(intl, new Date()) })}</p>
      <p>{detail.problem}</p>
      {FACT_KINDS.map((kind) => {
        const facts = detail.story.filter((fact) => fact.kind === kind);
        if (facts.length === 0) return null;
        return (
          <section key={kind}>
            <h2>{FACT_QUESTIONS[language][kind]}</h2>
            <ul>
              {facts.map((fact) => (
                <li key={fact.id}>
                  {factText(fact, language)}{' '}
                  <small>
                    {fact.promise
                      ? t('story.promise', {
                          name: fact.promise.by.displayName,
                          moment: moment(intl, fact.promise.dueAt),
                        })
                      : day(intl, fact.at)}
                  </small>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>,
    document.body,
  );
};
