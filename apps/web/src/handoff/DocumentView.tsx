import type { ReactNode } from 'react';
import type { HandoffDocument } from '#contracts';
import { useFileSize } from '../app/fileSize.js';
import { useWords, type Key } from '../i18n/Words.js';
import { moment, writtenDay } from '../i18n/moments.js';
import styles from './Handoff.module.css';

interface Props {
  document: HandoffDocument;
  partner: string;
  /** What their form calls its fields. */
  titles?: Readonly<Record<string, string>>;
}

/** A day as a date field of their form writes it. */
const WRITTEN_DAY = /^\d{4}-\d{2}-\d{2}$/u;
const isDay = (text: string): boolean => WRITTEN_DAY.test(text) && !Number.isNaN(Date.parse(text));

type Fact = readonly [label: string, value: ReactNode];

const Facts = ({ title, facts }: { title: string; facts: readonly Fact[] }) =>
  facts.length === 0 ? null : (
    <section>
      <h4>{title}</h4>
      <dl>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );

/** A handoff as the other company reads it: what is not here they do not have. */
export const DocumentView = ({ document, titles = {} }: Props) => {
  const { t, intl } = useWords();
  const sizeText = useFileSize();
  const { customer, device, story, files, problems, impacts, warranty, purchase, consent, form } = document;
  const named = (group: string, values: Record<string, string | undefined>): Fact[] =>
    Object.entries(values).flatMap(([key, value]) =>
      value
        ? [[t(`handoff.share.${group}.${key}` as Key), key === 'language' ? t(`language.${value}` as Key) : value]]
        : [],
    );
  const whole: Fact[] = (
    [
      ['problem.statement', problems.join(' · ')],
      ['impacts', impacts.join(' · ')],
      ['warranty', warranty],
      ['purchase', purchase],
      ['consent', consent],
    ] as const
  ).flatMap(([key, value]): Fact[] => (value ? [[t(`handoff.share.${key}`), value]] : []));
  const answers: Fact[] = Object.entries(form).map(([key, value]) => [
    titles[key] ?? key,
    typeof value === 'boolean'
      ? t(value ? 'handoff.yes' : 'handoff.no')
      : isDay(String(value))
        ? writtenDay(intl, String(value))
        : String(value),
  ]);
  return (
    <div className={styles.document}>
      <p className={styles.paper}>
        <b>{document.reference}</b> · {t(`handoff.mode.${document.mode}`)} · {t(`priority.${document.priority}`)}
      </p>
      <section>
        <h4>{t('handoff.ask')}</h4>
        <p>{document.ask}</p>
      </section>
      <Facts title={t('handoff.form')} facts={answers} />
      <Facts title={t('handoff.share.customer')} facts={named('customer', customer)} />
      <Facts title={t('handoff.share.device')} facts={named('device', device)} />
      <Facts title={t('context.case')} facts={whole} />
      {story.length > 0 ? (
        <section>
          <h4>{t('handoff.share.story')}</h4>
          <ul>
            {story.map(({ text, at, by }, place) => (
              <li key={place}>
                {text}{' '}
                <small>
                  {moment(intl, at)} · {by}
                </small>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {files.length > 0 ? (
        <section>
          <h4>{t('handoff.files')}</h4>
          <ul>
            {files.map(({ id, fileName, size }) => (
              <li key={id}>
                {fileName} <small>{sizeText(size)}</small>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
};
